-- ml 2023-03-29

CREATE VIEW vw_CampaignResult AS
SELECT c.CampaignId,
       c.Name,
       c.Channel,
       (SELECT COALESCE(SUM(k.Amount), 0) FROM CampaignCost k WHERE k.CampaignId = c.CampaignId) AS Cost,
       COUNT(l.SalesLeadId) AS Leads,
       SUM(l.LeadStatusId = 5) AS Won
  FROM Campaign c
  LEFT JOIN SalesLead l ON l.CampaignId = c.CampaignId
 GROUP BY c.CampaignId, c.Name, c.Channel;
