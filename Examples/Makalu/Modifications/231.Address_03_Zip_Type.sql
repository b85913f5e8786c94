-- RM 2017-03-03: Step 3: now every one is five digits.

UPDATE Customer SET ZipCode = NULL WHERE ZipCode NOT REGEXP '^[0-9]{5}$';
ALTER TABLE Customer MODIFY COLUMN ZipCode CHAR(5) NULL;
