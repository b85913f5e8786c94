DROP TRIGGER tr_Franchise_AfterUpdate;
DELIMITER $$
CREATE TRIGGER tr_Franchise_AfterUpdate AFTER UPDATE ON Franchise
FOR EACH ROW
BEGIN
    IF OLD.Status <> NEW.Status THEN
        INSERT INTO AuditLog (TableName, RowId, Action, Details, ChangedBy)
        VALUES ('Franchise', NEW.FranchiseId, 'Update',
                JSON_OBJECT('Status', JSON_ARRAY(OLD.Status, NEW.Status)), CURRENT_USER());
    END IF;
END$$
DELIMITER ;
