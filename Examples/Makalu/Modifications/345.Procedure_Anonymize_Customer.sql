-- PB 2019-01-29: Invoices must stay for the tax office, the person behind them not.

DELIMITER $$

CREATE PROCEDURE sp_AnonymizeCustomer(IN pCustomerId INT)
MODIFIES SQL DATA
BEGIN
    DECLARE vOpen INT;

    SELECT COUNT(*) INTO vOpen FROM Invoice WHERE CustomerId = pCustomerId AND Status = 'Open';
    IF vOpen > 0 THEN
        SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'There are open invoices; settle them first';
    END IF;

    DELETE FROM CustomerNote WHERE CustomerId = pCustomerId;
    DELETE FROM CustomerContact WHERE CustomerId = pCustomerId;
    DELETE FROM CustomerConsent WHERE CustomerId = pCustomerId;
    UPDATE SalesLead
       SET FullName = 'removed', Phone = NULL, Email = NULL, Message = NULL
     WHERE CustomerId = pCustomerId;
    UPDATE Customer
       SET FirstName = NULL,
           LastName = CONCAT('removed ', CustomerId),
           CompanyName = NULL,
           Phone = NULL,
           MobilePhone = NULL,
           Email = NULL,
           IsActive = 0,
           AnonymizedOn = CURRENT_TIMESTAMP
     WHERE CustomerId = pCustomerId;
END$$

DELIMITER ;
