-- RM 2014-09-11: Approved by the owner every Friday.

ALTER TABLE Timesheet
    ADD COLUMN BreakMinutes SMALLINT NOT NULL DEFAULT 0,
    ADD COLUMN ApprovedOn DATETIME NULL;
