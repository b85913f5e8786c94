CREATE INDEX IX_PrivacyRequest_DoneOnDueOn ON PrivacyRequest (DoneOn, DueOn);
