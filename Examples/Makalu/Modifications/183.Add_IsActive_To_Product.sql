-- RM 2016-07-28: Scanner in the warehouse.

ALTER TABLE Product
    ADD COLUMN IsActive TINYINT(1) NOT NULL DEFAULT 1,
    ADD COLUMN Barcode VARCHAR(20) NULL;
