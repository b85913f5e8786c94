-- RM 2016-12-05: Yearly count on a phone.

CREATE TABLE StockCount (
    StockCountId INT NOT NULL AUTO_INCREMENT,
    WarehouseId  INT NOT NULL,
    CountedOn    DATE NOT NULL,
    CountedBy    INT NULL,
    PRIMARY KEY (StockCountId),
    CONSTRAINT FK_StockCount_Warehouse FOREIGN KEY (WarehouseId) REFERENCES Warehouse (WarehouseId),
    CONSTRAINT FK_StockCount_Employee_CountedBy FOREIGN KEY (CountedBy) REFERENCES Employee (EmployeeId)
) ENGINE = InnoDB;
