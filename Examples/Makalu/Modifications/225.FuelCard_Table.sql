-- RM 2016-12-06: Pilot with one gas station chain.

CREATE TABLE FuelCard (
    FuelCardId INT NOT NULL AUTO_INCREMENT,
    VehicleId  INT NOT NULL,
    CardNumber VARCHAR(20) NOT NULL,
    ValidTo    DATE NULL,
    PRIMARY KEY (FuelCardId),
    CONSTRAINT FK_FuelCard_Vehicle FOREIGN KEY (VehicleId) REFERENCES Vehicle (VehicleId)
) ENGINE = InnoDB;
