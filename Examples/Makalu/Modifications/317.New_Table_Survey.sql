/*
 * 09/04/2018 PB
 * Net promoter score, one question and a text.
 */

CREATE TABLE Survey (
    SurveyId    INT NOT NULL AUTO_INCREMENT,
    WorkOrderId INT NOT NULL,
    SentOn      DATETIME NULL,
    AnsweredOn  DATETIME NULL,
    Recommend   TINYINT NULL,
    Comments    TEXT NULL,
    PRIMARY KEY (SurveyId),
    UNIQUE KEY UK_Survey_WorkOrder (WorkOrderId),
    CONSTRAINT FK_Survey_WorkOrder FOREIGN KEY (WorkOrderId) REFERENCES WorkOrder (WorkOrderId) ON DELETE CASCADE
) ENGINE = InnoDB;
