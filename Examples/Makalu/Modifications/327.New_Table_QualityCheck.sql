/*
 * 10/22/2018 PB
 * Gloss meter readings.
 */

CREATE TABLE QualityCheck (
    QualityCheckId INT NOT NULL AUTO_INCREMENT,
    WorkOrderId    INT NOT NULL,
    CheckedBy      INT NOT NULL,
    CheckedOn      DATETIME NOT NULL,
    GlossBefore    SMALLINT NULL,
    GlossAfter     SMALLINT NULL,
    Passed         TINYINT(1) NOT NULL,
    PRIMARY KEY (QualityCheckId),
    CONSTRAINT FK_QualityCheck_WorkOrder FOREIGN KEY (WorkOrderId) REFERENCES WorkOrder (WorkOrderId) ON DELETE CASCADE,
    CONSTRAINT FK_QualityCheck_Employee_CheckedBy FOREIGN KEY (CheckedBy) REFERENCES Employee (EmployeeId)
) ENGINE = InnoDB;
