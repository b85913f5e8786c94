-- RM 2013-09-16: Name of whoever signed.

ALTER TABLE Estimate
    ADD COLUMN AcceptedOn DATETIME NULL,
    ADD COLUMN AcceptedBy VARCHAR(100) NULL;
