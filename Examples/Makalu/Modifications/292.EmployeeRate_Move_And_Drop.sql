INSERT INTO EmployeeRate (EmployeeId, HourlyRate, ValidFrom)
SELECT EmployeeId, HourlyRate, COALESCE(HiredOn, '2013-01-01')
  FROM Employee
 WHERE HourlyRate IS NOT NULL
 ORDER BY EmployeeId;

ALTER TABLE Employee DROP COLUMN HourlyRate;
