DELIMITER $$
CREATE TRIGGER tr_WarrantyClaim_BeforeUpdate BEFORE UPDATE ON WarrantyClaim
FOR EACH ROW
BEGIN
    IF NEW.Decision <> 'Open' AND OLD.Decision = 'Open' THEN
        SET NEW.DecidedOn = COALESCE(NEW.DecidedOn, CURRENT_DATE());
    END IF;
END$$
DELIMITER ;
