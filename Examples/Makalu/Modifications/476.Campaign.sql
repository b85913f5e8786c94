--
-- Author: A. Duarte
-- Date:   2022-02-10
-- FranchiseId NULL: paid from the marketing fund.
--

CREATE TABLE Campaign (
    CampaignId  INT NOT NULL AUTO_INCREMENT,
    FranchiseId INT NULL,
    Name        VARCHAR(100) NOT NULL,
    Channel     ENUM ('Mailer', 'Search', 'Social', 'Radio', 'Show', 'Mail') NOT NULL,
    StartsOn    DATE NOT NULL,
    EndsOn      DATE NULL,
    Budget      DECIMAL(12, 2) NULL,
    PRIMARY KEY (CampaignId),
    CONSTRAINT FK_Campaign_Franchise FOREIGN KEY (FranchiseId) REFERENCES Franchise (FranchiseId)
);
