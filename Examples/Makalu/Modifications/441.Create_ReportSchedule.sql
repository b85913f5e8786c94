-- JS 2021-02-18

CREATE TABLE `ReportSchedule` (
    `ReportScheduleId`   INT NOT NULL AUTO_INCREMENT,
    `ReportDefinitionId` INT NOT NULL,
    `AppUserId`          INT NOT NULL,
    `EveryDays`          SMALLINT NOT NULL,
    `NextRunOn`          DATE NOT NULL,
    PRIMARY KEY (`ReportScheduleId`),
    CONSTRAINT `FK_ReportSchedule_ReportDefinition` FOREIGN KEY (`ReportDefinitionId`) REFERENCES `ReportDefinition` (`ReportDefinitionId`) ON DELETE CASCADE,
    CONSTRAINT `FK_ReportSchedule_AppUser` FOREIGN KEY (`AppUserId`) REFERENCES `AppUser` (`AppUserId`) ON DELETE CASCADE
);
