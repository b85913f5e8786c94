-- RM 2016-09-16: Second step.

ALTER TABLE Product DROP FOREIGN KEY FK_Product_Supplier;
ALTER TABLE Product DROP COLUMN SupplierId;
