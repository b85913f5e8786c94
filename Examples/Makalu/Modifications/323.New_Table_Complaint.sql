/*
 * 10/10/2018 PB
 * Complaints that are not warranty: noise, dust, late.
 */

CREATE TABLE Complaint (
    ComplaintId INT NOT NULL AUTO_INCREMENT,
    FranchiseId INT NOT NULL,
    CustomerId  INT NOT NULL,
    WorkOrderId INT NULL,
    ReceivedOn  DATETIME NOT NULL,
    Text        TEXT NOT NULL,
    Status      ENUM ('New', 'InWork', 'Solved', 'Rejected') NOT NULL DEFAULT 'New',
    PRIMARY KEY (ComplaintId),
    CONSTRAINT FK_Complaint_Franchise FOREIGN KEY (FranchiseId) REFERENCES Franchise (FranchiseId),
    CONSTRAINT FK_Complaint_Customer FOREIGN KEY (CustomerId) REFERENCES Customer (CustomerId),
    CONSTRAINT FK_Complaint_WorkOrder FOREIGN KEY (WorkOrderId) REFERENCES WorkOrder (WorkOrderId)
) ENGINE = InnoDB;
