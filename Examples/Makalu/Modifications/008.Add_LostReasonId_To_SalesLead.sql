-- RM 2013-03-25: Goes with the two before.

ALTER TABLE SalesLead
    ADD COLUMN LostReasonId SMALLINT NULL,
    ADD COLUMN LostOn DATE NULL;
