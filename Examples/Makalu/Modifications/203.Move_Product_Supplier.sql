-- RM 2016-09-12: First step: copy. The column on Product goes in the next file.

INSERT INTO SupplierProduct (SupplierId, ProductId, UnitCost)
SELECT SupplierId, ProductId, UnitCost
  FROM Product
 WHERE SupplierId IS NOT NULL;
