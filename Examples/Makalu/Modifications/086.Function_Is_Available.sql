DELIMITER $$

CREATE FUNCTION fn_IsAvailable(pEmployeeId INT, pDay DATE)
RETURNS TINYINT(1)
READS SQL DATA
BEGIN
    IF EXISTS (SELECT 1 FROM EmployeeAbsence
                WHERE EmployeeId = pEmployeeId AND pDay BETWEEN FirstDay AND LastDay) THEN
        RETURN 0;
    END IF;
    IF EXISTS (SELECT 1 FROM Holiday WHERE HolidayDate = pDay AND IsOfficeClosed = 1) THEN
        RETURN 0;
    END IF;
    RETURN DAYOFWEEK(pDay) <> 1;
END$$

DELIMITER ;
