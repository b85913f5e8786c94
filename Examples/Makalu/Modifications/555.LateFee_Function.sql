-- MAK-881: The calculation in one place. (JS)

DELIMITER $$

CREATE FUNCTION fn_LateFee(pBalance DECIMAL(10, 2), pDaysLate INT, pPercent DECIMAL(5, 3),
                           pMinimum DECIMAL(10, 2), pMaximum DECIMAL(10, 2))
RETURNS DECIMAL(10, 2)
DETERMINISTIC
NO SQL
BEGIN
    DECLARE vFee DECIMAL(12, 4);
    IF pDaysLate <= 0 OR pBalance <= 0 THEN
        RETURN 0;
    END IF;
    SET vFee = pBalance * pPercent / 100 * pDaysLate / 30;
    RETURN LEAST(GREATEST(ROUND(vFee, 2), pMinimum), COALESCE(pMaximum, 99999999.99));
END$$

DELIMITER ;
