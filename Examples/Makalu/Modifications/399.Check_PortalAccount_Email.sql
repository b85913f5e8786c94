-- PB 2020-01-14

ALTER TABLE PortalAccount ADD CONSTRAINT CK_PortalAccount_Email CHECK (Email LIKE '%_@_%');
