/*
 * 04/05/2017 PB
 * Step 5.
 */

INSERT INTO Address (Line1, Line2, CityName, StateId, ZipCode, ZipPlus4, CreatedOn, OldCustomerId)
SELECT c.Address1, c.Address2, c.CityName, s.StateId, c.ZipCode, c.ZipPlus4, c.CreatedOn, c.CustomerId
  FROM Customer c
  LEFT JOIN State s ON s.Code = c.StateCode AND s.CountryId = 1
 WHERE c.Address1 IS NOT NULL
 ORDER BY c.CustomerId;
