-- PB 2017-06-30

ALTER TABLE CustomerContact
    ADD COLUMN ContactRole ENUM ('Billing', 'OnSite', 'Decision', 'Other') NOT NULL DEFAULT 'Other' AFTER Name,
    ADD COLUMN IsPrimary TINYINT(1) NOT NULL DEFAULT 0 AFTER ContactRole;
