-- RM 2016-08-30: Half boxes exist.

ALTER TABLE PurchaseOrderLine MODIFY COLUMN Quantity DECIMAL(10, 2) NOT NULL;
