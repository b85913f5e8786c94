/*
 * 04/28/2016 PB
 * Legal: we have no reason to keep that.
 */

ALTER TABLE FranchiseOwner DROP COLUMN BirthDate;
