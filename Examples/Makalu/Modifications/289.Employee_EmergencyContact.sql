-- JS 2018-02-09

ALTER TABLE `Employee`
    ADD COLUMN `EmergencyContact` VARCHAR(120) NULL,
    ADD COLUMN `EmergencyPhone` VARCHAR(20) NULL;
