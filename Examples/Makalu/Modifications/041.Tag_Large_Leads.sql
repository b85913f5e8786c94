-- RM 2013-10-18: Everything that mentions a lobby is a big one.

INSERT INTO LeadTag (LeadTagId, Name) VALUES (5, 'large');
INSERT INTO SalesLeadTag (SalesLeadId, LeadTagId)
SELECT SalesLeadId, 5
  FROM SalesLead
 WHERE Message LIKE '%Lobby%';
