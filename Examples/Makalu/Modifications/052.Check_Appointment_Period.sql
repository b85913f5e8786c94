-- RM 2014-01-27: Found two that ended before they began.

ALTER TABLE Appointment ADD CONSTRAINT CK_Appointment_Period CHECK (EndsOn >= StartsOn);
