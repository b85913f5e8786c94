-- MAK-462: Rework is free and must not count as sales. (JS)

ALTER TABLE `WorkOrder` ADD COLUMN `IsRework` TINYINT(1) NOT NULL DEFAULT 0;
