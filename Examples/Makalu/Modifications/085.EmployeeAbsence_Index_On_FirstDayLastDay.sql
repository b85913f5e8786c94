-- PB 2014-09-18

CREATE INDEX IX_EmployeeAbsence_FirstDayLastDay ON EmployeeAbsence (FirstDay, LastDay);
