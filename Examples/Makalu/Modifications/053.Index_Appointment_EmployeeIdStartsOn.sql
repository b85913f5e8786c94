-- RM 2014-01-27: Day view of one person.

ALTER TABLE Appointment ADD INDEX IX_Appointment_EmployeeIdStartsOn (EmployeeId, StartsOn);
