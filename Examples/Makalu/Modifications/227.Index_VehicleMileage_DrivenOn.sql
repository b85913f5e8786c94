ALTER TABLE VehicleMileage ADD INDEX IX_VehicleMileage_DrivenOn (DrivenOn);
