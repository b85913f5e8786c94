-- ml 2021-12-02

CREATE VIEW vw_TerritoryPenetration AS
SELECT t.TerritoryId,
       t.Name,
       t.Population,
       COUNT(DISTINCT c.CustomerId) AS Customers,
       ROUND(1000.0 * COUNT(DISTINCT c.CustomerId) / NULLIF(t.Population, 0), 3) AS PerThousand
  FROM Territory t
  LEFT JOIN TerritoryZip z ON z.TerritoryId = t.TerritoryId
  LEFT JOIN Address a ON a.ZipCode = z.ZipCode
  LEFT JOIN Customer c ON c.BillingAddressId = a.AddressId
 GROUP BY t.TerritoryId, t.Name, t.Population;
