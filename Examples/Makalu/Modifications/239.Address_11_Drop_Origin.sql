/*
 * 04/26/2017 PB
 * Step 11: checked on staging for two weeks.
 */

ALTER TABLE Address
    DROP COLUMN OldCustomerId,
    DROP COLUMN OldFranchiseId;
