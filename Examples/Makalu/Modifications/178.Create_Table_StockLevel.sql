-- RM 2016-06-06

CREATE TABLE StockLevel (
    WarehouseId  INT NOT NULL,
    ProductId    INT NOT NULL,
    Quantity     DECIMAL(10, 2) NOT NULL DEFAULT 0,
    ReorderPoint DECIMAL(10, 2) NULL,
    UpdatedOn    DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP,
    PRIMARY KEY (WarehouseId, ProductId),
    CONSTRAINT FK_StockLevel_Warehouse FOREIGN KEY (WarehouseId) REFERENCES Warehouse (WarehouseId),
    CONSTRAINT FK_StockLevel_Product FOREIGN KEY (ProductId) REFERENCES Product (ProductId)
) ENGINE = InnoDB;
