CREATE TABLE Vehicle (
    VehicleId    INT NOT NULL AUTO_INCREMENT,
    FranchiseId  INT NOT NULL,
    LicensePlate VARCHAR(12) NOT NULL,
    Vin          CHAR(17) NULL,
    Make         VARCHAR(40) NULL,
    Model        VARCHAR(40) NULL,
    ModelYear    SMALLINT NULL,
    Odometer     INT NULL,
    IsActive     TINYINT(1) NOT NULL DEFAULT 1,
    PRIMARY KEY (VehicleId),
    UNIQUE KEY UK_Vehicle_LicensePlate (LicensePlate),
    CONSTRAINT FK_Vehicle_Franchise FOREIGN KEY (FranchiseId) REFERENCES Franchise (FranchiseId)
) ENGINE = InnoDB;
