/*
 * 01/14/2020 PB
 * Milliseconds, to find out why people are thrown out.
 */

ALTER TABLE PortalAccount MODIFY COLUMN LastSeenOn DATETIME(3) NULL;
