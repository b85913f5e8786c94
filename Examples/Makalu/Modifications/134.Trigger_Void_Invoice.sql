-- PB 2015-08-13: A void invoice must not have payments.

DELIMITER $$
CREATE TRIGGER tr_Invoice_BeforeUpdate BEFORE UPDATE ON Invoice
FOR EACH ROW
BEGIN
    IF NEW.Status = 'Void' AND OLD.Status <> 'Void'
       AND EXISTS (SELECT 1 FROM Payment p WHERE p.InvoiceId = NEW.InvoiceId) THEN
        SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'An invoice with payments cannot be voided; write a credit memo';
    END IF;
END$$
DELIMITER ;
