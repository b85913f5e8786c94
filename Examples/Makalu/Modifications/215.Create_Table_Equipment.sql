-- RM 2016-10-27: Machines are not stock. They have a serial number and a life.

CREATE TABLE Equipment (
    EquipmentId   INT NOT NULL AUTO_INCREMENT,
    FranchiseId   INT NOT NULL,
    ProductId     INT NULL,
    SerialNumber  VARCHAR(40) NULL,
    Name          VARCHAR(80) NOT NULL,
    PurchasedOn   DATE NULL,
    PurchasePrice DECIMAL(10, 2) NULL,
    Status        ENUM ('InUse', 'InRepair', 'Lost', 'Sold') NOT NULL DEFAULT 'InUse',
    PRIMARY KEY (EquipmentId),
    CONSTRAINT FK_Equipment_Franchise FOREIGN KEY (FranchiseId) REFERENCES Franchise (FranchiseId),
    CONSTRAINT FK_Equipment_Product FOREIGN KEY (ProductId) REFERENCES Product (ProductId)
) ENGINE = InnoDB;
