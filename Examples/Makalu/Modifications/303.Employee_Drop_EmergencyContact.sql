/*
 * 05/15/2018 PB
 * Moved to the payroll company.
 */

ALTER TABLE Employee
    DROP COLUMN EmergencyContact,
    DROP COLUMN EmergencyPhone;
