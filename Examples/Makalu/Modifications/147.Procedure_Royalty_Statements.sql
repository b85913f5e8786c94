-- RM 2015-12-24: Sales count when the invoice is written, not when it is paid (see contract,
-- 7.2).

DELIMITER $$

CREATE PROCEDURE sp_CreateRoyaltyStatements(IN pRoyaltyPeriodId INT)
MODIFIES SQL DATA
BEGIN
    DECLARE vFrom, vTo DATE;
    DECLARE vClosed TINYINT;

    SELECT PeriodStart, PeriodEnd, IsClosed INTO vFrom, vTo, vClosed
      FROM RoyaltyPeriod
     WHERE RoyaltyPeriodId = pRoyaltyPeriodId;
    IF vClosed = 1 THEN
        SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'The period is closed';
    END IF;

    DELETE FROM RoyaltyStatement WHERE RoyaltyPeriodId = pRoyaltyPeriodId;

    INSERT INTO RoyaltyStatement (FranchiseId, RoyaltyPeriodId, GrossSales, RoyaltyAmount, MarketingAmount)
    SELECT i.FranchiseId,
           pRoyaltyPeriodId,
           SUM(i.SubTotal),
           ROUND(SUM(i.SubTotal) * MAX(a.RoyaltyPercent) / 100, 2),
           ROUND(SUM(i.SubTotal) * 0.02, 2)
      FROM Invoice i
      JOIN FranchiseAgreement a ON a.FranchiseId = i.FranchiseId
                               AND vFrom BETWEEN a.ValidFrom AND COALESCE(a.ValidTo, '9999-12-31')
     WHERE i.InvoicedOn BETWEEN vFrom AND vTo
       AND i.Status IN ('Open', 'Paid')
     GROUP BY i.FranchiseId
     ORDER BY i.FranchiseId;

    INSERT INTO RoyaltyStatementLine (RoyaltyStatementId, InvoiceId, Amount)
    SELECT s.RoyaltyStatementId, i.InvoiceId, i.SubTotal
      FROM RoyaltyStatement s
      JOIN Invoice i ON i.FranchiseId = s.FranchiseId AND i.InvoicedOn BETWEEN vFrom AND vTo
     WHERE s.RoyaltyPeriodId = pRoyaltyPeriodId AND i.Status IN ('Open', 'Paid')
     ORDER BY s.RoyaltyStatementId, i.InvoiceId;
END$$

DELIMITER ;
