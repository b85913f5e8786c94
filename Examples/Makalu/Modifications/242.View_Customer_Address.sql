/*
 * 05/03/2017 PB
 * The mail merge of the office still wants one flat row.
 */

CREATE VIEW vw_CustomerMailing AS
SELECT c.CustomerId,
       c.FranchiseId,
       COALESCE(c.CompanyName, fn_FullName(c.FirstName, c.LastName)) AS Addressee,
       a.Line1,
       a.Line2,
       a.CityName,
       s.Code AS StateCode,
       CONCAT(a.ZipCode, COALESCE(CONCAT('-', a.ZipPlus4), '')) AS Zip
  FROM Customer c
  LEFT JOIN Address a ON a.AddressId = c.BillingAddressId
  LEFT JOIN State s ON s.StateId = a.StateId;
