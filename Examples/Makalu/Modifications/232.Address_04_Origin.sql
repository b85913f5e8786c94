/*
 * 03/28/2017 PB
 * Step 4: where a row came from, until step 11.
 */

ALTER TABLE Address
    ADD COLUMN OldCustomerId INT NULL,
    ADD COLUMN OldFranchiseId INT NULL;
