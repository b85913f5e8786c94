-- RM 2013-07-22: Leads that came in before their territory existed.

UPDATE SalesLead l
  JOIN TerritoryZip tz ON tz.ZipCode = l.ZipCode
  JOIN Territory t ON t.TerritoryId = tz.TerritoryId
   SET l.FranchiseId = t.FranchiseId
 WHERE l.FranchiseId IS NULL;
