ALTER TABLE SalesLead
    ADD CONSTRAINT FK_SalesLead_Campaign FOREIGN KEY (CampaignId)
        REFERENCES Campaign (CampaignId) ON DELETE SET NULL;
