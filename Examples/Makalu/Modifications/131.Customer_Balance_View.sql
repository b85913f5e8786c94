-- PB 2015-08-07

CREATE VIEW vw_CustomerBalance AS
SELECT c.CustomerId,
       c.FranchiseId,
       COALESCE(c.CompanyName, fn_FullName(c.FirstName, c.LastName)) AS CustomerName,
       COUNT(i.InvoiceId) AS Invoices,
       COALESCE(SUM(i.TotalAmount), 0) AS Invoiced,
       COALESCE(SUM(fn_InvoiceBalance(i.InvoiceId)), 0) AS Balance
  FROM Customer c
  LEFT JOIN Invoice i ON i.CustomerId = c.CustomerId AND i.Status <> 'Void'
 GROUP BY c.CustomerId, c.FranchiseId, c.CompanyName, c.FirstName, c.LastName;
