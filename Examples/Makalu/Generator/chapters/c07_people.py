"""2017 and 2018: training, certificates, safety."""

from history import add, check, chapter, create, drop, fk, index, ins, mod, ren, sql

chapter("2017-11-01", "2018-05-18")

create("Course", """
    Id! INT
    Code VARCHAR(20) NOT NULL
    Title VARCHAR(120) NOT NULL
    Hours DECIMAL(5, 1) NOT NULL
    ValidMonths SMALLINT NULL
    IsRequired TINYINT(1) NOT NULL DEFAULT 0
    """, "The school gets its own module.", "UNIQUE KEY UK_Course_Code (Code)")
ins("Course", "Code, Title, Hours, ValidMonths, IsRequired", """
    ('BAS-1', 'Stone identification', 8, NULL, 1)
    ('BAS-2', 'Chemistry of cleaners', 8, NULL, 1)
    ('POL-1', 'Marble polishing I', 24, NULL, 1)
    ('POL-2', 'Granite polishing', 24, NULL, 0)
    ('GRD-1', 'Lippage removal', 16, NULL, 0)
    ('SAF-1', 'Silica and respirators', 4, 12, 1)
    ('SAF-2', 'Electrical safety', 4, 24, 1)
    ('BUS-1', 'Estimating', 16, NULL, 0)
    """)
create("CourseSession", """
    Id! INT
    CourseId INT NOT NULL
    StartsOn DATETIME NOT NULL
    Seats SMALLINT NOT NULL DEFAULT 12
    Trainer VARCHAR(80) NULL
    Location VARCHAR(120) NULL
    """, "", "CourseId -> Course")
create("CourseEnrollment", """
    CourseSessionId INT NOT NULL
    EmployeeId INT NOT NULL
    Result ENUM ('Enrolled', 'Passed', 'Failed', 'Absent') NOT NULL DEFAULT 'Enrolled'
    Score TINYINT NULL
    """, "", """
    PRIMARY KEY (CourseSessionId, EmployeeId)
    CourseSessionId -> CourseSession ON DELETE CASCADE
    EmployeeId -> Employee
    """)
create("Certificate", """
    Id! INT
    EmployeeId INT NOT NULL
    CourseId INT NOT NULL
    IssuedOn DATE NOT NULL
    ExpiresOn DATE NULL
    """, "", "UNIQUE KEY UK_Certificate (EmployeeId, CourseId, IssuedOn)\nEmployeeId -> Employee\nCourseId -> Course")
sql("Certificates_For_Training_Staff", "Everybody at the training center has passed the required ones, of course.", """
    INSERT INTO Certificate (EmployeeId, CourseId, IssuedOn, ExpiresOn)
    SELECT e.EmployeeId, c.CourseId, '2017-10-02', '2017-10-02' + INTERVAL c.ValidMonths MONTH
      FROM Employee e
      JOIN Franchise f ON f.FranchiseId = e.FranchiseId
      JOIN Course c ON c.IsRequired = 1
     WHERE f.Code = 'TRN'
     ORDER BY e.EmployeeId, c.CourseId;
    """)
sql("Trigger_Certificate_On_Pass", "Passing a course writes the certificate.", """
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
    """)
create("SkillCourse", """
    SkillId SMALLINT NOT NULL
    CourseId INT NOT NULL
    """, "Which course teaches which skill.", "PRIMARY KEY (SkillId, CourseId)\nSkillId -> Skill\nCourseId -> Course")
sql("SkillCourse_Links", "", """
    INSERT INTO SkillCourse (SkillId, CourseId)
    SELECT s.SkillId, c.CourseId
      FROM Skill s
      JOIN Course c ON (s.Name = 'Marble polishing' AND c.Code = 'POL-1')
                    OR (s.Name = 'Granite polishing' AND c.Code = 'POL-2')
                    OR (s.Name = 'Lippage grinding' AND c.Code = 'GRD-1');
    """)
add("EmployeeSkill", "AssessedOn DATE NULL; AssessedBy INT NULL")
fk("EmployeeSkill", "AssessedBy", "Employee", parent_column="EmployeeId")
check("EmployeeSkill", "Grade", "Grade BETWEEN 1 AND 5", "Was 1 to 3 in the old handbook.")
add("ServiceType", "RequiredSkillId SMALLINT NULL", "The planner warns when a crew cannot do the job.")
fk("ServiceType", "RequiredSkillId", "Skill")
sql("ServiceType_Required_Skills", "", """
    UPDATE ServiceType SET RequiredSkillId = 1 WHERE Code IN ('POL-800', 'POL-3000', 'POL-CRYS');
    UPDATE ServiceType SET RequiredSkillId = 3 WHERE Code = 'GRD-LIPP';
    UPDATE ServiceType SET RequiredSkillId = 4 WHERE Code LIKE 'SEA-%';
    UPDATE ServiceType SET RequiredSkillId = 5 WHERE Code LIKE 'REP-%';
    UPDATE ServiceType SET RequiredSkillId = 6 WHERE Code LIKE 'GRT-%';
    """)
sql("View_Crew_Skills", "", """
    CREATE VIEW vw_CrewSkill AS
    SELECT c.CrewId, c.FranchiseId, c.Name AS CrewName, s.SkillId, s.Name AS SkillName, MAX(es.Grade) AS BestGrade
      FROM Crew c
      JOIN CrewMember m ON m.CrewId = c.CrewId
      JOIN EmployeeSkill es ON es.EmployeeId = m.EmployeeId
      JOIN Skill s ON s.SkillId = es.SkillId
     GROUP BY c.CrewId, c.FranchiseId, c.Name, s.SkillId, s.Name;
    """)
sql("Function_Crew_Can_Do", "", """
    DELIMITER $$
    CREATE FUNCTION fn_CrewCanDo(pCrewId INT, pWorkOrderId INT)
    RETURNS TINYINT(1)
    READS SQL DATA
    BEGIN
        RETURN NOT EXISTS (
            SELECT 1
              FROM WorkOrderLine l
              JOIN ServiceType t ON t.ServiceTypeId = l.ServiceTypeId
             WHERE l.WorkOrderId = pWorkOrderId
               AND t.RequiredSkillId IS NOT NULL
               AND NOT EXISTS (SELECT 1
                                 FROM vw_CrewSkill s
                                WHERE s.CrewId = pCrewId AND s.SkillId = t.RequiredSkillId));
    END$$
    DELIMITER ;
    """)
add("Employee", "EmergencyContact VARCHAR(120) NULL; EmergencyPhone VARCHAR(20) NULL")
add("Employee", "HourlyRate DECIMAL(7, 2) NULL", "Job costing. Only owners see it.")
create("EmployeeRate", """
    Id! INT
    EmployeeId INT NOT NULL
    HourlyRate DECIMAL(7, 2) NOT NULL
    ValidFrom DATE NOT NULL
    """, "One rate is wrong after the first raise.", "UNIQUE KEY UK_EmployeeRate (EmployeeId, ValidFrom)\nEmployeeId -> Employee ON DELETE CASCADE")
sql("EmployeeRate_Move_And_Drop", "", """
    INSERT INTO EmployeeRate (EmployeeId, HourlyRate, ValidFrom)
    SELECT EmployeeId, HourlyRate, COALESCE(HiredOn, '2013-01-01')
      FROM Employee
     WHERE HourlyRate IS NOT NULL
     ORDER BY EmployeeId;

    ALTER TABLE Employee DROP COLUMN HourlyRate;
    """, kind="data migration")
create("SafetyIncident", """
    Id! INT
    FranchiseId INT NOT NULL
    EmployeeId INT NULL
    WorkOrderId INT NULL
    HappenedOn DATETIME NOT NULL
    Severity ENUM ('NearMiss', 'FirstAid', 'Medical', 'LostTime') NOT NULL
    Description TEXT NOT NULL
    """, "OSHA log.", """
    KEY IX_SafetyIncident_HappenedOn (HappenedOn)
    FranchiseId -> Franchise
    EmployeeId -> Employee
    WorkOrderId -> WorkOrder
    """)
create("SafetyTalk", """
    Id! INT
    CrewId INT NOT NULL
    HeldOn DATE NOT NULL
    Topic VARCHAR(120) NOT NULL
    """, "Five minutes every Monday.", "CrewId -> Crew")
ins("JobTitle", "JobTitleId, Name", "(7, 'Trainer')\n(8, 'Apprentice')\n(9, 'Field consultant')")
mod("JobTitle", "Name VARCHAR(80) NOT NULL")
add("JobTitle", "IsField TINYINT(1) NOT NULL DEFAULT 0", "Field people carry a phone with the app.")
sql("JobTitle_Field_Flags", "", "UPDATE JobTitle SET IsField = Name IN ('Lead technician', 'Technician', 'Helper', 'Apprentice', 'Field consultant');")
ren("CourseEnrollment", "Result", "Outcome", "RESULT clashes with a helper of the report tool.")
sql("Trigger_Certificate_New_Column_Name", "The trigger of course still said Result.", """
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
    """)
index("Certificate", "ExpiresOn", "Mail sixty days before.")
sql("EmailTemplate_Certificate_Expires", "", r"""
    INSERT INTO EmailTemplate (EmailTemplateId, Code, Subject, Body) VALUES
        (8, 'certificate.expires', 'A certificate of {{name}} expires on {{date}}',
         'Hello,\n\nthe certificate "{{course}}" of {{name}} ends on {{date}}.\nNext sessions: {{sessions}}.\n');
    """, kind="reference data")
drop("Employee", "EmergencyContact, EmergencyPhone", "Moved to the payroll company.")
