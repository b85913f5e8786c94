-- JS 2023-07-07

DELETE t
  FROM LeadTag t
  LEFT JOIN SalesLeadTag s ON s.LeadTagId = t.LeadTagId
 WHERE s.LeadTagId IS NULL
   AND t.Name <> 'VIP';
