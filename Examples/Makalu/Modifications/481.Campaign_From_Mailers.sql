--
-- Author: A. Duarte
-- Date:   2022-03-21
-- One campaign per year for the old mailers, so that the leads have a home.
--

INSERT INTO Campaign (Name, Channel, StartsOn, EndsOn)
SELECT CONCAT('Mailers ', y.ReceivedYear), 'Mailer', MAKEDATE(y.ReceivedYear, 1), MAKEDATE(y.ReceivedYear + 1, 1) - INTERVAL 1 DAY
  FROM (SELECT DISTINCT YEAR(ReceivedOn) AS ReceivedYear FROM SalesLead WHERE LeadSourceId = 6) y
 ORDER BY y.ReceivedYear;

UPDATE SalesLead l
  JOIN Campaign c ON c.Channel = 'Mailer' AND DATE(l.ReceivedOn) BETWEEN c.StartsOn AND c.EndsOn
   SET l.CampaignId = c.CampaignId
 WHERE l.LeadSourceId = 6;
