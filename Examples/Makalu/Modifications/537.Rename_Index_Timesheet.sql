ALTER TABLE Timesheet RENAME INDEX IX_Timesheet_Employee TO IX_Timesheet_EmployeeId;
