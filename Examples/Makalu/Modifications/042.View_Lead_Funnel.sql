-- RM 2013-10-18: For the Monday call.

CREATE VIEW vw_LeadFunnel AS
SELECT f.Code AS FranchiseCode,
       s.Name AS LeadStatus,
       COUNT(*) AS Leads,
       MIN(l.ReceivedOn) AS Oldest
  FROM SalesLead l
  JOIN LeadStatus s ON s.LeadStatusId = l.LeadStatusId
  LEFT JOIN Franchise f ON f.FranchiseId = l.FranchiseId
 GROUP BY f.Code, s.Name;
