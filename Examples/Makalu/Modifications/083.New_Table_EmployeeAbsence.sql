-- RM 2014-09-11: So that nobody schedules a man who is on vacation.

CREATE TABLE EmployeeAbsence (
    EmployeeAbsenceId INT NOT NULL AUTO_INCREMENT,
    EmployeeId        INT NOT NULL,
    Reason            ENUM ('Vacation', 'Sick', 'Training', 'Other') NOT NULL,
    FirstDay          DATE NOT NULL,
    LastDay           DATE NOT NULL,
    Note              VARCHAR(200) NULL,
    PRIMARY KEY (EmployeeAbsenceId),
    CONSTRAINT FK_EmployeeAbsence_Employee FOREIGN KEY (EmployeeId) REFERENCES Employee (EmployeeId)
) ENGINE = InnoDB;
