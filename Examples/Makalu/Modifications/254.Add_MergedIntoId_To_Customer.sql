/*
 * 06/20/2017 PB
 * Double customers: the one that loses points to the one that stays.
 */

ALTER TABLE Customer ADD COLUMN MergedIntoId INT NULL;
