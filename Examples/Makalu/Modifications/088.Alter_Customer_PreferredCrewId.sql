/*
 * 10/06/2014 PB
 * Regulars ask for their people.
 */

ALTER TABLE Customer ADD COLUMN PreferredCrewId INT NULL;
