/*
 * 04/07/2017 PB
 * Step 6.
 */

INSERT INTO Address (Line1, Line2, CityName, StateId, ZipCode, OldFranchiseId)
SELECT f.Address1, f.Address2, f.CityName, s.StateId, f.ZipCode, f.FranchiseId
  FROM Franchise f
  LEFT JOIN State s ON s.Code = f.StateCode AND s.CountryId = 1
 WHERE f.Address1 IS NOT NULL
 ORDER BY f.FranchiseId;
