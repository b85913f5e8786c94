-- MAK-369: OSHA log. (JS)

CREATE TABLE `SafetyIncident` (
    `SafetyIncidentId` INT NOT NULL AUTO_INCREMENT,
    `FranchiseId`      INT NOT NULL,
    `EmployeeId`       INT NULL,
    `WorkOrderId`      INT NULL,
    `HappenedOn`       DATETIME NOT NULL,
    `Severity`         ENUM ('NearMiss', 'FirstAid', 'Medical', 'LostTime') NOT NULL,
    `Description`      TEXT NOT NULL,
    PRIMARY KEY (`SafetyIncidentId`),
    KEY `IX_SafetyIncident_HappenedOn` (`HappenedOn`),
    CONSTRAINT `FK_SafetyIncident_Franchise` FOREIGN KEY (`FranchiseId`) REFERENCES `Franchise` (`FranchiseId`),
    CONSTRAINT `FK_SafetyIncident_Employee` FOREIGN KEY (`EmployeeId`) REFERENCES `Employee` (`EmployeeId`),
    CONSTRAINT `FK_SafetyIncident_WorkOrder` FOREIGN KEY (`WorkOrderId`) REFERENCES `WorkOrder` (`WorkOrderId`)
);
