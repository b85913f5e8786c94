-- RM 2016-07-05

UPDATE StockLevel l
  JOIN Product p ON p.ProductId = l.ProductId
   SET l.ReorderPoint = 6
 WHERE p.UnitCost < 100;
