/*
 * 01/16/2018 PB
 * Was 1 to 3 in the old handbook.
 */

ALTER TABLE EmployeeSkill ADD CONSTRAINT CK_EmployeeSkill_Grade CHECK (Grade BETWEEN 1 AND 5);
