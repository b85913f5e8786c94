-- RM 2013-03-11: Asked for by Miami.

ALTER TABLE SalesLead ADD COLUMN BestTimeToCall VARCHAR(40) NULL;
