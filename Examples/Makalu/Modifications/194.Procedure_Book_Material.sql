-- PB 2016-08-26: Books the planned material of an order on completion.

DELIMITER $$

CREATE PROCEDURE sp_BookMaterial(IN pWorkOrderId INT, IN pWarehouseId INT)
MODIFIES SQL DATA
BEGIN
    IF EXISTS (SELECT 1 FROM StockMovement WHERE WorkOrderId = pWorkOrderId AND Reason = 'Usage') THEN
        SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'Material of this order is booked already';
    END IF;
    INSERT INTO StockMovement (WarehouseId, ProductId, Quantity, Reason, WorkOrderId)
    SELECT pWarehouseId, sp.ProductId, -SUM(l.Quantity * sp.QuantityPerUnit), 'Usage', pWorkOrderId
      FROM WorkOrderLine l
      JOIN ServiceProduct sp ON sp.ServiceTypeId = l.ServiceTypeId
     WHERE l.WorkOrderId = pWorkOrderId
     GROUP BY sp.ProductId
     ORDER BY sp.ProductId;
END$$

DELIMITER ;
