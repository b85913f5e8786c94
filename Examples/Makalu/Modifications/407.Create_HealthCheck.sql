-- MAK-629: Temperature and three questions every morning. (JS)

CREATE TABLE `HealthCheck` (
    `EmployeeId` INT NOT NULL,
    `CheckedOn`  DATE NOT NULL,
    `Passed`     TINYINT(1) NOT NULL,
    PRIMARY KEY (`EmployeeId`, `CheckedOn`),
    CONSTRAINT `FK_HealthCheck_Employee` FOREIGN KEY (`EmployeeId`) REFERENCES `Employee` (`EmployeeId`) ON DELETE CASCADE
);
