--
-- Author: A. Duarte
-- Date:   2020-09-01
-- Old invoices: all to the state.
--

INSERT INTO InvoiceTax (InvoiceId, TaxAuthorityId, TaxableAmount, Percent, TaxAmount)
SELECT i.InvoiceId, t.TaxAuthorityId, i.SubTotal, r.Percent, i.TaxAmount
  FROM Invoice i
  JOIN Franchise f ON f.FranchiseId = i.FranchiseId
  JOIN Address a ON a.AddressId = f.AddressId
  JOIN TaxAuthority t ON t.StateId = a.StateId AND t.Level = 'State'
  JOIN TaxAuthorityRate r ON r.TaxAuthorityId = t.TaxAuthorityId AND r.ValidFrom = '2013-01-01'
 WHERE i.TaxAmount > 0;
