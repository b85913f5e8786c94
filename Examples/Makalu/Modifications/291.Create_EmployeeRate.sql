-- MAK-361: One rate is wrong after the first raise. (JS)

CREATE TABLE `EmployeeRate` (
    `EmployeeRateId` INT NOT NULL AUTO_INCREMENT,
    `EmployeeId`     INT NOT NULL,
    `HourlyRate`     DECIMAL(7, 2) NOT NULL,
    `ValidFrom`      DATE NOT NULL,
    PRIMARY KEY (`EmployeeRateId`),
    UNIQUE KEY `UK_EmployeeRate` (`EmployeeId`, `ValidFrom`),
    CONSTRAINT `FK_EmployeeRate_Employee` FOREIGN KEY (`EmployeeId`) REFERENCES `Employee` (`EmployeeId`) ON DELETE CASCADE
);
