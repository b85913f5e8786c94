-- RM 2013-03-13: A law firm's addresses did not fit.

ALTER TABLE Customer MODIFY COLUMN Email VARCHAR(180) NULL;
