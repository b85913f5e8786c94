-- MAK-716: Which reports does anybody read? (JS)

CREATE TABLE `ReportRun` (
    `ReportRunId`        BIGINT NOT NULL AUTO_INCREMENT,
    `ReportDefinitionId` INT NOT NULL,
    `AppUserId`          INT NULL,
    `StartedOn`          DATETIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
    `DurationMs`         INT NULL,
    `RowsReturned`       INT NULL,
    PRIMARY KEY (`ReportRunId`),
    CONSTRAINT `FK_ReportRun_ReportDefinition` FOREIGN KEY (`ReportDefinitionId`) REFERENCES `ReportDefinition` (`ReportDefinitionId`) ON DELETE CASCADE,
    CONSTRAINT `FK_ReportRun_AppUser` FOREIGN KEY (`AppUserId`) REFERENCES `AppUser` (`AppUserId`) ON DELETE SET NULL
);
