-- PB 2019-01-31: One prepared statement per rule.

DELIMITER $$

CREATE PROCEDURE sp_ApplyRetention(IN pToday DATE)
MODIFIES SQL DATA
BEGIN
    DECLARE vDone INT DEFAULT 0;
    DECLARE vTable, vColumn VARCHAR(64);
    DECLARE vMonths SMALLINT;
    DECLARE cRule CURSOR FOR SELECT TableName, DateColumn, KeepMonths FROM RetentionRule;
    DECLARE CONTINUE HANDLER FOR NOT FOUND SET vDone = 1;

    OPEN cRule;
    rules: LOOP
        FETCH cRule INTO vTable, vColumn, vMonths;
        IF vDone = 1 THEN
            LEAVE rules;
        END IF;
        SET @retention := CONCAT('DELETE FROM `', vTable, '` WHERE `', vColumn, '` < ? - INTERVAL ', vMonths, ' MONTH');
        SET @retentionToday := pToday;
        PREPARE retention FROM @retention;
        EXECUTE retention USING @retentionToday;
        DEALLOCATE PREPARE retention;
    END LOOP;
    CLOSE cRule;
END$$

DELIMITER ;
