-- RM 2017-03-01: Step 2: '43085-1234' was typed into the ZIP code. Split it.

ALTER TABLE Customer ADD COLUMN ZipPlus4 CHAR(4) NULL AFTER ZipCode;
UPDATE Customer
   SET ZipPlus4 = SUBSTRING(ZipCode, 7, 4),
       ZipCode = LEFT(ZipCode, 5)
 WHERE ZipCode LIKE '_____-____';
