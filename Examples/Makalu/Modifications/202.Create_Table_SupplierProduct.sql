-- RM 2016-09-12: One product, several suppliers.

CREATE TABLE SupplierProduct (
    SupplierId  INT NOT NULL,
    ProductId   INT NOT NULL,
    SupplierSku VARCHAR(40) NULL,
    UnitCost    DECIMAL(10, 2) NOT NULL,
    LeadDays    SMALLINT NULL,
    PRIMARY KEY (SupplierId, ProductId),
    CONSTRAINT FK_SupplierProduct_Supplier FOREIGN KEY (SupplierId) REFERENCES Supplier (SupplierId),
    CONSTRAINT FK_SupplierProduct_Product FOREIGN KEY (ProductId) REFERENCES Product (ProductId)
) ENGINE = InnoDB;
