-- RM 2016-06-03: A van is a warehouse with wheels.

CREATE TABLE Warehouse (
    WarehouseId INT NOT NULL AUTO_INCREMENT,
    FranchiseId INT NOT NULL,
    Name        VARCHAR(60) NOT NULL,
    Kind        ENUM ('Building', 'Van') NOT NULL DEFAULT 'Building',
    IsActive    TINYINT(1) NOT NULL DEFAULT 1,
    PRIMARY KEY (WarehouseId),
    CONSTRAINT FK_Warehouse_Franchise FOREIGN KEY (FranchiseId) REFERENCES Franchise (FranchiseId)
) ENGINE = InnoDB;
