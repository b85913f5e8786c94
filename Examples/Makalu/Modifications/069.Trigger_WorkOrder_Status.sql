DELIMITER $$
CREATE TRIGGER tr_WorkOrder_AfterUpdate AFTER UPDATE ON WorkOrder
FOR EACH ROW
BEGIN
    IF NEW.WorkOrderStatusId <> OLD.WorkOrderStatusId THEN
        INSERT INTO WorkOrderStatusHistory (WorkOrderId, OldStatusId, NewStatusId)
        VALUES (NEW.WorkOrderId, OLD.WorkOrderStatusId, NEW.WorkOrderStatusId);
    END IF;
END$$
DELIMITER ;
