-- RM 2014-08-18: Hours per order; needed for job costing.

ALTER TABLE Timesheet ADD COLUMN WorkOrderId INT NULL AFTER WorkDate;
