-- RM 2014-09-11: One row a day is not enough any more. The foreign key on EmployeeId needs an
-- index of its own before the unique one may go.

ALTER TABLE Timesheet ADD INDEX IX_Timesheet_Employee (EmployeeId);
ALTER TABLE Timesheet DROP INDEX UK_Timesheet_Day;
ALTER TABLE Timesheet ADD UNIQUE INDEX UK_Timesheet_Day_Order (EmployeeId, WorkDate, WorkOrderId);
