/*
 * 09/04/2015 PB
 * Contracts need the legal name.
 */

ALTER TABLE Franchise
    ADD COLUMN LegalName VARCHAR(120) NULL AFTER Name,
    ADD COLUMN TaxNumber VARCHAR(20) NULL AFTER LegalName;
