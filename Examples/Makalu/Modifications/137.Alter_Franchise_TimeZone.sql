/*
 * 09/04/2015 PB
 * Reminders for Seattle went out at five in the morning.
 */

ALTER TABLE Franchise ADD COLUMN TimeZone VARCHAR(40) NOT NULL DEFAULT 'America/New_York';
