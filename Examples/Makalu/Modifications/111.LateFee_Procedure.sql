-- RM 2015-04-06: Runs every night from the job server.

DELIMITER $$

CREATE PROCEDURE sp_ChargeLateFees(IN pToday DATE)
MODIFIES SQL DATA
BEGIN
    INSERT INTO LateFee (InvoiceId, Amount, ChargedOn)
    SELECT i.InvoiceId, r.FlatAmount, pToday
      FROM Invoice i
      JOIN LateFeeRule r ON r.FranchiseId IS NULL
      LEFT JOIN LateFee f ON f.InvoiceId = i.InvoiceId
     WHERE i.Status = 'Open'
       AND i.DueOn + INTERVAL r.GraceDays DAY < pToday
       AND f.LateFeeId IS NULL
     ORDER BY i.InvoiceId, r.LateFeeRuleId;
END$$

DELIMITER ;
