-- PB 2017-12-28

ALTER TABLE EmployeeSkill
    ADD CONSTRAINT FK_EmployeeSkill_Employee_AssessedBy FOREIGN KEY (AssessedBy)
        REFERENCES Employee (EmployeeId);
