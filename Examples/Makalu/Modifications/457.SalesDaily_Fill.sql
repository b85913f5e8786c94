INSERT INTO SalesDaily (FranchiseId, SalesDate, Invoices, Sales)
SELECT FranchiseId, InvoicedOn, COUNT(*), SUM(SubTotal)
  FROM Invoice
 WHERE Status IN ('Open', 'Paid')
 GROUP BY FranchiseId, InvoicedOn;
