-- RM 2013-03-04: Referrals are a third of the leads; we want to thank whoever sent them.

ALTER TABLE SalesLead ADD COLUMN ReferralName VARCHAR(100) NULL AFTER LeadSourceId;
