-- RM 2015-04-13: The balance has to contain the fee. Changing a function means dropping it first.

DROP FUNCTION fn_InvoiceBalance;

DELIMITER $$

CREATE FUNCTION fn_InvoiceBalance(pInvoiceId INT)
RETURNS DECIMAL(10, 2)
READS SQL DATA
BEGIN
    DECLARE vTotal, vPaid, vCredit, vFees DECIMAL(10, 2);
    SELECT TotalAmount INTO vTotal FROM Invoice WHERE InvoiceId = pInvoiceId;
    SELECT COALESCE(SUM(Amount), 0) INTO vPaid FROM Payment WHERE InvoiceId = pInvoiceId;
    SELECT COALESCE(SUM(Amount), 0) INTO vCredit FROM CreditMemo WHERE InvoiceId = pInvoiceId;
    SELECT COALESCE(SUM(Amount), 0) INTO vFees
      FROM LateFee
     WHERE InvoiceId = pInvoiceId AND WaivedOn IS NULL;
    RETURN COALESCE(vTotal, 0) + vFees - vPaid - vCredit;
END$$

DELIMITER ;
