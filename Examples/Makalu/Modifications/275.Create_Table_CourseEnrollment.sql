-- PB 2017-12-08

CREATE TABLE CourseEnrollment (
    CourseSessionId INT NOT NULL,
    EmployeeId      INT NOT NULL,
    Result          ENUM ('Enrolled', 'Passed', 'Failed', 'Absent') NOT NULL DEFAULT 'Enrolled',
    Score           TINYINT NULL,
    PRIMARY KEY (CourseSessionId, EmployeeId),
    CONSTRAINT FK_CourseEnrollment_CourseSession FOREIGN KEY (CourseSessionId) REFERENCES CourseSession (CourseSessionId) ON DELETE CASCADE,
    CONSTRAINT FK_CourseEnrollment_Employee FOREIGN KEY (EmployeeId) REFERENCES Employee (EmployeeId)
) ENGINE = InnoDB;
