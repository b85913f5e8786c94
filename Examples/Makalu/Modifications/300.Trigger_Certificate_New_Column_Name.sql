-- MAK-410: The trigger of course still said Result. (JS)

DROP TRIGGER tr_CourseEnrollment_AfterUpdate;

DELIMITER $$
CREATE TRIGGER tr_CourseEnrollment_AfterUpdate AFTER UPDATE ON CourseEnrollment
FOR EACH ROW
BEGIN
    IF NEW.Outcome = 'Passed' AND OLD.Outcome <> 'Passed' THEN
        INSERT INTO Certificate (EmployeeId, CourseId, IssuedOn, ExpiresOn)
        SELECT NEW.EmployeeId, s.CourseId, DATE(s.StartsOn), DATE(s.StartsOn) + INTERVAL c.ValidMonths MONTH
          FROM CourseSession s
          JOIN Course c ON c.CourseId = s.CourseId
         WHERE s.CourseSessionId = NEW.CourseSessionId;
    END IF;
END$$
DELIMITER ;
