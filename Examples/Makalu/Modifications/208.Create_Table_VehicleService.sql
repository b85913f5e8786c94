-- RM 2016-09-27: Oil, tires, brakes.

CREATE TABLE VehicleService (
    VehicleServiceId INT NOT NULL AUTO_INCREMENT,
    VehicleId        INT NOT NULL,
    ServicedOn       DATE NOT NULL,
    Odometer         INT NULL,
    Description      VARCHAR(200) NOT NULL,
    Cost             DECIMAL(10, 2) NULL,
    PRIMARY KEY (VehicleServiceId),
    CONSTRAINT FK_VehicleService_Vehicle FOREIGN KEY (VehicleId) REFERENCES Vehicle (VehicleId) ON DELETE CASCADE
) ENGINE = InnoDB;
