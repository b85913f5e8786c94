-- The new supplier's numbers are endless.

ALTER TABLE Product MODIFY COLUMN Sku VARCHAR(50) NOT NULL;
