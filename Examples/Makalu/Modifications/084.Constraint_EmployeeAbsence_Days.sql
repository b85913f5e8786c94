ALTER TABLE EmployeeAbsence ADD CONSTRAINT CK_EmployeeAbsence_Days CHECK (LastDay >= FirstDay);
