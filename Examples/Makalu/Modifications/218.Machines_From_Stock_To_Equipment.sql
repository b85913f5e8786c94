-- RM 2016-11-11: One row of equipment for every machine that we counted in June; then the stock
-- of machines goes to zero.

INSERT INTO Equipment (FranchiseId, ProductId, Name, PurchasePrice)
SELECT w.FranchiseId, p.ProductId, p.Name, p.UnitCost
  FROM StockLevel l
  JOIN Warehouse w ON w.WarehouseId = l.WarehouseId
  JOIN Product p ON p.ProductId = l.ProductId
  JOIN ProductCategory c ON c.ProductCategoryId = p.ProductCategoryId
 WHERE c.Name = 'Machines' AND l.Quantity > 0
 ORDER BY l.WarehouseId, l.ProductId;

-- From the movements: the trigger writes StockLevel, so this statement must not read it.
INSERT INTO StockMovement (WarehouseId, ProductId, Quantity, Reason)
SELECT m.WarehouseId, m.ProductId, -SUM(m.Quantity), 'Count'
  FROM StockMovement m
  JOIN Product p ON p.ProductId = m.ProductId
  JOIN ProductCategory c ON c.ProductCategoryId = p.ProductCategoryId
 WHERE c.Name = 'Machines'
 GROUP BY m.WarehouseId, m.ProductId
HAVING SUM(m.Quantity) > 0
 ORDER BY m.WarehouseId, m.ProductId;
