CREATE TABLE VehicleMileage (
    VehicleMileageId INT NOT NULL AUTO_INCREMENT,
    VehicleId        INT NOT NULL,
    EmployeeId       INT NULL,
    DrivenOn         DATE NOT NULL,
    Miles            DECIMAL(7, 1) NOT NULL,
    PRIMARY KEY (VehicleMileageId),
    CONSTRAINT FK_VehicleMileage_Vehicle FOREIGN KEY (VehicleId) REFERENCES Vehicle (VehicleId) ON DELETE CASCADE,
    CONSTRAINT FK_VehicleMileage_Employee FOREIGN KEY (EmployeeId) REFERENCES Employee (EmployeeId)
) ENGINE = InnoDB;
