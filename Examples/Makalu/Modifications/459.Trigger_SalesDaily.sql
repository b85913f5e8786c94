-- MAK-705: Keeps the cube true when an invoice leaves the draft. (JS)

DELIMITER $$
CREATE TRIGGER tr_Invoice_AfterUpdate AFTER UPDATE ON Invoice
FOR EACH ROW
BEGIN
    IF OLD.Status = 'Draft' AND NEW.Status = 'Open' THEN
        INSERT INTO SalesDaily (FranchiseId, SalesDate, Invoices, Sales)
        VALUES (NEW.FranchiseId, NEW.InvoicedOn, 1, NEW.SubTotal)
        ON DUPLICATE KEY UPDATE Invoices = Invoices + 1, Sales = Sales + NEW.SubTotal;
    ELSEIF OLD.Status = 'Open' AND NEW.Status = 'Void' THEN
        UPDATE SalesDaily
           SET Invoices = Invoices - 1, Sales = Sales - NEW.SubTotal
         WHERE FranchiseId = NEW.FranchiseId AND SalesDate = NEW.InvoicedOn;
    END IF;
END$$
DELIMITER ;
