/*
 * 08/11/2016 PB
 * OSHA wants the sheets at hand.
 */

ALTER TABLE Product
    ADD COLUMN SafetySheetUrl VARCHAR(300) NULL,
    ADD COLUMN IsHazardous TINYINT(1) NOT NULL DEFAULT 0;
