-- MAK-620: Key box, nobody at home. (JS)

ALTER TABLE `WorkOrder` ADD COLUMN `IsContactless` TINYINT(1) NOT NULL DEFAULT 0;
