-- MAK-343: Counties decide about sales tax in some states. (JS)

ALTER TABLE `City` ADD COLUMN `CountyName` VARCHAR(60) NULL;
