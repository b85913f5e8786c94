ALTER TABLE `Warranty` ADD INDEX `IX_Warranty_EndsOn` (`EndsOn`);
