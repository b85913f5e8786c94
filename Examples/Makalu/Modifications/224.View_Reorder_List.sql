CREATE VIEW vw_ReorderList AS
SELECT w.FranchiseId, w.Name AS WarehouseName, p.Sku, p.Name AS ProductName, l.Quantity, l.ReorderPoint
  FROM StockLevel l
  JOIN Warehouse w ON w.WarehouseId = l.WarehouseId
  JOIN Product p ON p.ProductId = l.ProductId
 WHERE l.Quantity <= l.ReorderPoint;
