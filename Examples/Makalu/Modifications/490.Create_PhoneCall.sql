CREATE TABLE `PhoneCall` (
    `PhoneCallId` BIGINT NOT NULL AUTO_INCREMENT,
    `FranchiseId` INT NULL,
    `SalesLeadId` INT NULL,
    `CustomerId`  INT NULL,
    `AgentUserId` INT NULL,
    `Direction`   ENUM ('In', 'Out') NOT NULL,
    `PhoneNumber` VARCHAR(20) NOT NULL,
    `StartedOn`   DATETIME NOT NULL,
    `Seconds`     INT NOT NULL DEFAULT 0,
    PRIMARY KEY (`PhoneCallId`),
    KEY `IX_PhoneCall_StartedOn` (`StartedOn`),
    KEY `IX_PhoneCall_PhoneNumber` (`PhoneNumber`),
    CONSTRAINT `FK_PhoneCall_Franchise` FOREIGN KEY (`FranchiseId`) REFERENCES `Franchise` (`FranchiseId`),
    CONSTRAINT `FK_PhoneCall_SalesLead` FOREIGN KEY (`SalesLeadId`) REFERENCES `SalesLead` (`SalesLeadId`) ON DELETE SET NULL,
    CONSTRAINT `FK_PhoneCall_Customer` FOREIGN KEY (`CustomerId`) REFERENCES `Customer` (`CustomerId`) ON DELETE SET NULL,
    CONSTRAINT `FK_PhoneCall_CallCenterAgent_AgentUser` FOREIGN KEY (`AgentUserId`) REFERENCES `CallCenterAgent` (`AppUserId`)
);
