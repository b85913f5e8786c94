ALTER TABLE TaxExemption
    ADD COLUMN TaxAuthorityId INT NULL,
    ADD COLUMN DocumentFile VARCHAR(200) NULL;
