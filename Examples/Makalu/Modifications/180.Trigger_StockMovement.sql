DELIMITER $$

CREATE TRIGGER tr_StockMovement_AfterInsert AFTER INSERT ON StockMovement
FOR EACH ROW
BEGIN
    INSERT INTO StockLevel (WarehouseId, ProductId, Quantity)
    VALUES (NEW.WarehouseId, NEW.ProductId, NEW.Quantity)
    ON DUPLICATE KEY UPDATE Quantity = Quantity + NEW.Quantity;
END$$

CREATE TRIGGER tr_StockMovement_BeforeDelete BEFORE DELETE ON StockMovement
FOR EACH ROW
BEGIN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'Movements are never deleted; enter a count';
END$$

DELIMITER ;
