CREATE TABLE CampaignCost (
    CampaignCostId INT NOT NULL AUTO_INCREMENT,
    CampaignId     INT NOT NULL,
    CostOn         DATE NOT NULL,
    Amount         DECIMAL(10, 2) NOT NULL,
    Note           VARCHAR(200) NULL,
    PRIMARY KEY (CampaignCostId),
    CONSTRAINT FK_CampaignCost_Campaign FOREIGN KEY (CampaignId) REFERENCES Campaign (CampaignId) ON DELETE CASCADE
);
