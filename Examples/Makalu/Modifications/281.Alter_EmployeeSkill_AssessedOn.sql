ALTER TABLE EmployeeSkill
    ADD COLUMN AssessedOn DATE NULL,
    ADD COLUMN AssessedBy INT NULL;
