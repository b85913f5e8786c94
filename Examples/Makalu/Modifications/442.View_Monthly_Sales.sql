CREATE VIEW vw_MonthlySales AS
SELECT i.FranchiseId,
       f.Code AS FranchiseCode,
       DATE_FORMAT(i.InvoicedOn, '%Y-%m') AS SalesMonth,
       COUNT(*) AS Invoices,
       SUM(i.SubTotal) AS Sales,
       SUM(i.TaxAmount) AS Tax
  FROM Invoice i
  JOIN Franchise f ON f.FranchiseId = i.FranchiseId
 WHERE i.Status IN ('Open', 'Paid')
 GROUP BY i.FranchiseId, f.Code, DATE_FORMAT(i.InvoicedOn, '%Y-%m');
