-- MAK-861: A fee should tell where it came from. (JS)

ALTER TABLE `LateFee`
    ADD COLUMN `LateFeeRuleId` INT NULL AFTER `InvoiceId`,
    ADD COLUMN `LateFeeRunId` INT NULL AFTER `LateFeeRuleId`,
    ADD COLUMN `DaysLate` SMALLINT NULL AFTER `LateFeeRunId`;
