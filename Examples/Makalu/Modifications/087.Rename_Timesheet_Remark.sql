/*
 * 10/06/2014 PB
 * Everywhere else it is Note.
 */

ALTER TABLE Timesheet RENAME COLUMN Remark TO Note;
