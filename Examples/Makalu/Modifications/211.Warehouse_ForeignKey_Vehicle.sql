-- RM 2016-10-14

ALTER TABLE Warehouse
    ADD CONSTRAINT FK_Warehouse_Vehicle FOREIGN KEY (VehicleId)
        REFERENCES Vehicle (VehicleId) ON DELETE SET NULL;
