-- MAK-572: A captured payment becomes a payment. (JS)

DELIMITER $$
CREATE TRIGGER tr_OnlinePayment_BeforeUpdate BEFORE UPDATE ON OnlinePayment
FOR EACH ROW
BEGIN
    IF NEW.Status = 'Captured' AND OLD.Status <> 'Captured' AND NEW.PaymentId IS NULL THEN
        INSERT INTO Payment (InvoiceId, PaymentMethodId, Amount, ReceivedOn, Reference)
        VALUES (NEW.InvoiceId, 3, NEW.Amount, CURRENT_DATE(), NEW.GatewayReference);
        SET NEW.PaymentId = LAST_INSERT_ID();
    END IF;
END$$
DELIMITER ;
