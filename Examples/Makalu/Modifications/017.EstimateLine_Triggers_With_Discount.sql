-- RM 2013-04-29: LineTotal has to know the discount.

DROP TRIGGER tr_EstimateLine_BeforeInsert;
DROP TRIGGER tr_EstimateLine_BeforeUpdate;

DELIMITER $$
CREATE TRIGGER tr_EstimateLine_BeforeInsert BEFORE INSERT ON EstimateLine
FOR EACH ROW
BEGIN
    SET NEW.LineTotal = ROUND(NEW.Quantity * NEW.UnitPrice * (1 - NEW.DiscountPercent / 100), 2);
END$$

CREATE TRIGGER tr_EstimateLine_BeforeUpdate BEFORE UPDATE ON EstimateLine
FOR EACH ROW
BEGIN
    SET NEW.LineTotal = ROUND(NEW.Quantity * NEW.UnitPrice * (1 - NEW.DiscountPercent / 100), 2);
END$$
DELIMITER ;
