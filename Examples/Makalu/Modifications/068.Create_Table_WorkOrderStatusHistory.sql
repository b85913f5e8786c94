-- RM 2014-06-11: How long do orders wait, and where?

CREATE TABLE WorkOrderStatusHistory (
    WorkOrderStatusHistoryId BIGINT NOT NULL AUTO_INCREMENT,
    WorkOrderId              INT NOT NULL,
    OldStatusId              SMALLINT NULL,
    NewStatusId              SMALLINT NOT NULL,
    ChangedOn                DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
    PRIMARY KEY (WorkOrderStatusHistoryId),
    CONSTRAINT FK_WorkOrderStatusHistory_WorkOrder FOREIGN KEY (WorkOrderId) REFERENCES WorkOrder (WorkOrderId) ON DELETE CASCADE,
    CONSTRAINT FK_WorkOrderStatusHistory_WorkOrderStatus_NewStatus FOREIGN KEY (NewStatusId) REFERENCES WorkOrderStatus (WorkOrderStatusId)
) ENGINE = InnoDB;
