-- PB 2018-10-16

ALTER TABLE Complaint RENAME COLUMN Text TO Description;
