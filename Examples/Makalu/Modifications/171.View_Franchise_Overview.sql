CREATE VIEW vw_FranchiseOverview AS
SELECT f.FranchiseId,
       f.Code,
       f.Name,
       f.Status,
       f.OpenedOn,
       (SELECT COUNT(*) FROM Employee e WHERE e.FranchiseId = f.FranchiseId AND e.TerminatedOn IS NULL) AS Employees,
       (SELECT COUNT(*) FROM TerritoryZip z JOIN Territory t ON t.TerritoryId = z.TerritoryId
         WHERE t.FranchiseId = f.FranchiseId) AS ZipCodes,
       (SELECT MAX(i.InvoicedOn) FROM Invoice i WHERE i.FranchiseId = f.FranchiseId) AS LastInvoice
  FROM Franchise f;
