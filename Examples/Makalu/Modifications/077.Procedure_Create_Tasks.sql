-- RM 2014-08-15: Called when an order is scheduled.

DELIMITER $$

CREATE PROCEDURE sp_CreateWorkOrderTasks(IN pWorkOrderId INT)
MODIFIES SQL DATA
BEGIN
    INSERT INTO WorkOrderTask (WorkOrderId, Title, SortOrder)
    SELECT DISTINCT pWorkOrderId, t.Title, t.SortOrder
      FROM WorkOrderLine l
      JOIN ServiceType s ON s.ServiceTypeId = l.ServiceTypeId
      JOIN TaskTemplate t ON t.ServiceCategoryId = s.ServiceCategoryId
     WHERE l.WorkOrderId = pWorkOrderId
     ORDER BY t.SortOrder, t.Title;
END$$

DELIMITER ;
