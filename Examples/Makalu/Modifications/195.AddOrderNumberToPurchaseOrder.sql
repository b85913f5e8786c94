ALTER TABLE PurchaseOrder
    ADD COLUMN OrderNumber VARCHAR(20) NULL AFTER SupplierId,
    ADD COLUMN Status ENUM ('Draft', 'Ordered', 'Received', 'Cancelled') NOT NULL DEFAULT 'Draft' AFTER OrderNumber;
