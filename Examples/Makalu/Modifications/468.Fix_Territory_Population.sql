-- Estimate: number of ZIP codes times 8,000, until the census import is there.

UPDATE Territory t
  JOIN (SELECT TerritoryId, COUNT(*) AS Codes FROM TerritoryZip GROUP BY TerritoryId) z ON z.TerritoryId = t.TerritoryId
   SET t.Population = z.Codes * 8000
 WHERE t.Population IS NULL;
