-- RM 2013-10-03: Same as the source of the lead. We said so.

ALTER TABLE Customer DROP COLUMN HowFound;
