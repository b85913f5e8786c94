-- RM 2015-01-16: Repair of real property: labor is not taxable in these states (see the
-- accountant's letter of 11/12).

UPDATE InvoiceLine l
  JOIN Invoice i ON i.InvoiceId = l.InvoiceId
  JOIN Franchise f ON f.FranchiseId = i.FranchiseId
   SET l.IsTaxable = 0
 WHERE f.StateCode IN ('FL', 'CA', 'CO')
   AND l.ServiceTypeId IN (24, 25);
