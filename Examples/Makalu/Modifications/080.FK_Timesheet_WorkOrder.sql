-- RM 2014-08-18

ALTER TABLE Timesheet
    ADD CONSTRAINT FK_Timesheet_WorkOrder FOREIGN KEY (WorkOrderId)
        REFERENCES WorkOrder (WorkOrderId);
