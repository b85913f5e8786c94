--
-- Author: A. Duarte
-- Date:   2022-03-17
-- From the web form.
--

ALTER TABLE SalesLead
    ADD COLUMN UtmSource VARCHAR(60) NULL,
    ADD COLUMN UtmMedium VARCHAR(60) NULL,
    ADD COLUMN UtmCampaign VARCHAR(100) NULL;
