-- MAK-668: With the month before; window functions at last. (JS)

CREATE VIEW vw_MonthlySalesCompared AS
SELECT s.FranchiseId,
       s.FranchiseCode,
       s.SalesMonth,
       s.Sales,
       LAG(s.Sales) OVER (PARTITION BY s.FranchiseId ORDER BY s.SalesMonth) AS SalesBefore,
       SUM(s.Sales) OVER (PARTITION BY s.FranchiseId ORDER BY s.SalesMonth) AS SalesToDate
  FROM vw_MonthlySales s;
