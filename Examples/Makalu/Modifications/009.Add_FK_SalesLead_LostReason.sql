-- RM 2013-03-25

ALTER TABLE SalesLead
    ADD CONSTRAINT FK_SalesLead_LostReason FOREIGN KEY (LostReasonId)
        REFERENCES LostReason (LostReasonId);
