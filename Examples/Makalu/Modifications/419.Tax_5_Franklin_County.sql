/*
 * 07/31/2020 PB
 * Pilot: Franklin County, Ohio, with the codes of the training center's territory.
 */

INSERT INTO TaxAuthority (StateId, Level, Name)
SELECT StateId, 'County', 'Franklin' FROM State WHERE Code = 'OH' AND CountryId = 1;
SET @franklin := LAST_INSERT_ID();

INSERT INTO TaxAuthorityRate (TaxAuthorityId, Percent, ValidFrom) VALUES (@franklin, 1.750, '2020-01-01');

INSERT INTO TaxAuthorityZip (TaxAuthorityId, ZipCode)
SELECT DISTINCT @franklin, tz.ZipCode
  FROM TerritoryZip tz
  JOIN Territory t ON t.TerritoryId = tz.TerritoryId
  JOIN Franchise f ON f.FranchiseId = t.FranchiseId
 WHERE f.Code IN ('TRN', 'COL') AND tz.ZipCode LIKE '432__';
