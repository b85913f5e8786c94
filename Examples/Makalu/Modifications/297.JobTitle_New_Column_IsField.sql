-- MAK-392: Field people carry a phone with the app. (JS)

ALTER TABLE `JobTitle` ADD COLUMN `IsField` TINYINT(1) NOT NULL DEFAULT 0;
