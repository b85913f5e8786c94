ALTER TABLE FranchiseAgreement
    ADD COLUMN RenewalOfId INT NULL,
    ADD COLUMN TerminatedOn DATE NULL,
    ADD COLUMN TerminationReason VARCHAR(200) NULL;
