--
-- Author: A. Duarte
-- Date:   2020-11-13
-- The last installment takes the cents that are left.
--

DELIMITER $$

CREATE PROCEDURE sp_CreatePaymentPlan(IN pInvoiceId INT, IN pInstallments TINYINT, IN pFirst DATE)
MODIFIES SQL DATA
BEGIN
    DECLARE vBalance, vPart DECIMAL(10, 2);
    DECLARE vPlanId INT;
    DECLARE n TINYINT DEFAULT 1;

    SET vBalance = fn_InvoiceBalance(pInvoiceId);
    IF vBalance <= 0 THEN
        SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'Nothing is owed on this invoice';
    END IF;
    INSERT INTO PaymentPlan (InvoiceId, Installments, FirstDueOn, AgreedOn)
    VALUES (pInvoiceId, pInstallments, pFirst, CURRENT_DATE());
    SET vPlanId = LAST_INSERT_ID();
    SET vPart = TRUNCATE(vBalance / pInstallments, 2);
    WHILE n <= pInstallments DO
        INSERT INTO PaymentPlanInstallment (PaymentPlanId, Number, DueOn, Amount)
        VALUES (vPlanId, n, pFirst + INTERVAL n - 1 MONTH,
                IF(n = pInstallments, vBalance - vPart * (pInstallments - 1), vPart));
        SET n = n + 1;
    END WHILE;
END$$

DELIMITER ;
