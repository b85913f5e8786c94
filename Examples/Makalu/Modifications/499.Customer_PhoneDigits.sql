--
-- Author: A. Duarte
-- Date:   2022-11-15
-- Caller id needs one form; generated columns may not call our own functions, so a trigger does
-- it.
--

ALTER TABLE Customer ADD COLUMN PhoneDigits VARCHAR(20) NULL;

DELIMITER $$
CREATE TRIGGER tr_Customer_BeforeInsert BEFORE INSERT ON Customer
FOR EACH ROW
BEGIN
    SET NEW.PhoneDigits = fn_NormalizePhone(NEW.Phone);
END$$
CREATE TRIGGER tr_Customer_BeforeUpdate BEFORE UPDATE ON Customer
FOR EACH ROW
BEGIN
    SET NEW.PhoneDigits = fn_NormalizePhone(NEW.Phone);
END$$
DELIMITER ;

UPDATE Customer SET PhoneDigits = NULL;
ALTER TABLE Customer ADD INDEX IX_Customer_PhoneDigits (PhoneDigits);
