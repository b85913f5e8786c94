/*
 * 07/13/2015 PB
 * LEVEL is a word of SQL, the report generator stumbles.
 */

ALTER TABLE InvoiceReminder RENAME COLUMN Level TO ReminderLevel;
