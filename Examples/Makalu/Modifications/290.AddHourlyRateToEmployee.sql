-- MAK-355: Job costing. Only owners see it. (JS)

ALTER TABLE `Employee` ADD COLUMN `HourlyRate` DECIMAL(7, 2) NULL;
