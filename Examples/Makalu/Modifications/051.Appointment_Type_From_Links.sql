-- RM 2014-01-27: What hangs on a work order is work.

UPDATE Appointment SET AppointmentTypeId = 2 WHERE WorkOrderId IS NOT NULL;
UPDATE Appointment SET AppointmentTypeId = 4 WHERE WorkOrderId IS NULL AND SalesLeadId IS NULL;
ALTER TABLE Appointment
    ADD CONSTRAINT FK_Appointment_Type FOREIGN KEY (AppointmentTypeId)
        REFERENCES AppointmentType (AppointmentTypeId);
