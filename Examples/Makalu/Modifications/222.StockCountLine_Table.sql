CREATE TABLE StockCountLine (
    StockCountId INT NOT NULL,
    ProductId    INT NOT NULL,
    Expected     DECIMAL(10, 2) NOT NULL,
    Counted      DECIMAL(10, 2) NULL,
    PRIMARY KEY (StockCountId, ProductId),
    CONSTRAINT FK_StockCountLine_StockCount FOREIGN KEY (StockCountId) REFERENCES StockCount (StockCountId) ON DELETE CASCADE,
    CONSTRAINT FK_StockCountLine_Product FOREIGN KEY (ProductId) REFERENCES Product (ProductId)
) ENGINE = InnoDB;
