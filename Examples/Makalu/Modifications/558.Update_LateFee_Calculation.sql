-- MAK-897: By the rules of 2024: percent of the balance, limited by state, one fee per month and
-- invoice. The balance that counts is without earlier fees; no interest on interest. (JS)

DROP PROCEDURE IF EXISTS sp_ChargeLateFees;

DELIMITER $$

CREATE PROCEDURE sp_ChargeLateFees(IN pToday DATE)
MODIFIES SQL DATA
BEGIN
    DECLARE vRunId INT;
    DECLARE vEnabled VARCHAR(500) DEFAULT '0';
    DECLARE EXIT HANDLER FOR SQLEXCEPTION
    BEGIN
        ROLLBACK;
        RESIGNAL;
    END;

    SELECT SettingValue INTO vEnabled FROM Setting WHERE SettingName = 'latefee.enabled';
    IF vEnabled = '1' THEN
        START TRANSACTION;
        INSERT INTO LateFeeRun (RanFor) VALUES (pToday);
        SET vRunId = LAST_INSERT_ID();

        INSERT INTO LateFee (InvoiceId, LateFeeRuleId, LateFeeRunId, DaysLate, Amount, ChargedOn)
        SELECT b.InvoiceId, b.LateFeeRuleId, vRunId, b.DaysLate,
               fn_LateFee(b.Balance, b.DaysLate, b.MonthlyPercent, b.MinimumAmount, b.MaximumAmount), pToday
          FROM (SELECT i.InvoiceId,
                       r.LateFeeRuleId,
                       DATEDIFF(pToday, i.DueOn) - r.GraceDays AS DaysLate,
                       i.TotalAmount
                         - (SELECT COALESCE(SUM(p.Amount), 0) FROM Payment p WHERE p.InvoiceId = i.InvoiceId)
                         - (SELECT COALESCE(SUM(m.Amount), 0) FROM CreditMemo m WHERE m.InvoiceId = i.InvoiceId)
                         AS Balance,
                       LEAST(r.MonthlyPercent, COALESCE(s.MonthlyPercent, r.MonthlyPercent)) AS MonthlyPercent,
                       r.MinimumAmount,
                       r.MaximumAmount
                  FROM Invoice i
                  JOIN Franchise f ON f.FranchiseId = i.FranchiseId
                  LEFT JOIN Address a ON a.AddressId = f.AddressId
                  LEFT JOIN LateFeeStateLimit s ON s.StateId = a.StateId
                  JOIN LateFeeRule r ON r.FranchiseId IS NULL
                                    AND pToday BETWEEN r.ValidFrom AND COALESCE(r.ValidTo, '9999-12-31')
                 WHERE i.Status = 'Open'
                   AND i.DueOn + INTERVAL r.GraceDays DAY < pToday
                   AND NOT EXISTS (SELECT 1
                                     FROM LateFee x
                                    WHERE x.InvoiceId = i.InvoiceId
                                      AND x.ChargedOn > pToday - INTERVAL 1 MONTH)) b
         WHERE b.Balance > 0
         ORDER BY b.InvoiceId, b.LateFeeRuleId;

        UPDATE LateFeeRun
           SET FinishedOn = CURRENT_TIMESTAMP,
               Charged = (SELECT COUNT(*) FROM LateFee WHERE LateFeeRunId = vRunId),
               Amount = (SELECT COALESCE(SUM(Amount), 0) FROM LateFee WHERE LateFeeRunId = vRunId)
         WHERE LateFeeRunId = vRunId;
        COMMIT;
    END IF;
END$$

DELIMITER ;

-- Same rights as before: DROP took them away.
GRANT EXECUTE ON PROCEDURE sp_ChargeLateFees TO 'makalu_jobs'@'localhost';
