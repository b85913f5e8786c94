-- RM 2016-06-20: Count of June 1st, the training center first.

INSERT INTO StockMovement (WarehouseId, ProductId, Quantity, Reason, MovedOn)
SELECT w.WarehouseId, p.ProductId, CASE WHEN p.UnitCost > 500 THEN 1 ELSE 24 END, 'Count', '2016-06-01 07:00:00'
  FROM Warehouse w
  JOIN Franchise f ON f.FranchiseId = w.FranchiseId
  JOIN Product p
 WHERE f.Code = 'TRN'
 ORDER BY w.WarehouseId, p.ProductId;
