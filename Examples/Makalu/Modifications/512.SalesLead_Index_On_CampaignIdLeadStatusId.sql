ALTER TABLE SalesLead ADD INDEX IX_SalesLead_CampaignIdLeadStatusId (CampaignId, LeadStatusId);
