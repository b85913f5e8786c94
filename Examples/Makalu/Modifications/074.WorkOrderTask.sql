-- RM 2014-08-12: The paper check list goes into the program.

CREATE TABLE WorkOrderTask (
    WorkOrderTaskId  INT NOT NULL AUTO_INCREMENT,
    WorkOrderId      INT NOT NULL,
    Title            VARCHAR(120) NOT NULL,
    IsDone           TINYINT(1) NOT NULL DEFAULT 0,
    DoneOn           DATETIME NULL,
    DoneByEmployeeId INT NULL,
    SortOrder        SMALLINT NOT NULL DEFAULT 0,
    PRIMARY KEY (WorkOrderTaskId),
    CONSTRAINT FK_WorkOrderTask_WorkOrder FOREIGN KEY (WorkOrderId) REFERENCES WorkOrder (WorkOrderId) ON DELETE CASCADE,
    CONSTRAINT FK_WorkOrderTask_Employee_DoneByEmployee FOREIGN KEY (DoneByEmployeeId) REFERENCES Employee (EmployeeId)
) ENGINE = InnoDB;
