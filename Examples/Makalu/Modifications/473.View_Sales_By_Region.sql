CREATE VIEW vw_SalesByRegion AS
SELECT f.Region, YEAR(d.SalesDate) AS SalesYear, SUM(d.Sales) AS Sales
  FROM SalesDaily d
  JOIN Franchise f ON f.FranchiseId = d.FranchiseId
 GROUP BY f.Region, YEAR(d.SalesDate);
