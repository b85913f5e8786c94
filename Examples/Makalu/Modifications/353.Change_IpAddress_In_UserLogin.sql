ALTER TABLE UserLogin MODIFY COLUMN IpAddress VARCHAR(45) NULL COMMENT 'last part removed after a week';
