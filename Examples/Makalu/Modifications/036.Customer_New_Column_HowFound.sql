-- RM 2013-09-16: Office wants it on the customer too.

ALTER TABLE Customer ADD COLUMN HowFound VARCHAR(100) NULL;
