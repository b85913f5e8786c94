-- PB 2017-12-12: Passing a course writes the certificate.

DELIMITER $$

CREATE TRIGGER tr_CourseEnrollment_AfterUpdate AFTER UPDATE ON CourseEnrollment
FOR EACH ROW
BEGIN
    IF NEW.Result = 'Passed' AND OLD.Result <> 'Passed' THEN
        INSERT INTO Certificate (EmployeeId, CourseId, IssuedOn, ExpiresOn)
        SELECT NEW.EmployeeId, s.CourseId, DATE(s.StartsOn), DATE(s.StartsOn) + INTERVAL c.ValidMonths MONTH
          FROM CourseSession s
          JOIN Course c ON c.CourseId = s.CourseId
         WHERE s.CourseSessionId = NEW.CourseSessionId;
    END IF;
END$$

DELIMITER ;
