--
-- Author: A. Duarte
-- Date:   2023-09-15
-- One sub-select per customer instead of one function call per invoice.
--

CREATE OR REPLACE VIEW vw_CustomerBalance AS
WITH paid AS (
    SELECT InvoiceId, SUM(Amount) AS Amount FROM Payment GROUP BY InvoiceId
), credited AS (
    SELECT InvoiceId, SUM(Amount) AS Amount FROM CreditMemo GROUP BY InvoiceId
), charged AS (
    SELECT InvoiceId, SUM(Amount) AS Amount FROM LateFee WHERE WaivedOn IS NULL GROUP BY InvoiceId
)
SELECT c.CustomerId,
       c.FranchiseId,
       COALESCE(c.CompanyName, fn_FullName(c.FirstName, c.LastName)) AS CustomerName,
       COUNT(i.InvoiceId) AS Invoices,
       COALESCE(SUM(i.TotalAmount), 0) AS Invoiced,
       COALESCE(SUM(i.TotalAmount + COALESCE(l.Amount, 0) - COALESCE(p.Amount, 0) - COALESCE(r.Amount, 0)), 0) AS Balance
  FROM Customer c
  LEFT JOIN Invoice i ON i.CustomerId = c.CustomerId AND i.Status NOT IN ('Void', 'Draft')
  LEFT JOIN paid p ON p.InvoiceId = i.InvoiceId
  LEFT JOIN credited r ON r.InvoiceId = i.InvoiceId
  LEFT JOIN charged l ON l.InvoiceId = i.InvoiceId
 GROUP BY c.CustomerId, c.FranchiseId, c.CompanyName, c.FirstName, c.LastName;
