ALTER TABLE `Property` RENAME COLUMN `Name` TO `PropertyName`;
