ALTER TABLE Product
    ADD CONSTRAINT FK_Product_UnitOfMeasure FOREIGN KEY (UnitOfMeasureId)
        REFERENCES UnitOfMeasure (UnitOfMeasureId);
