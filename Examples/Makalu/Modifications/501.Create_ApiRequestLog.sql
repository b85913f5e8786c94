CREATE TABLE `ApiRequestLog` (
    `ApiRequestLogId` BIGINT NOT NULL AUTO_INCREMENT,
    `ApiClientId`     INT NOT NULL,
    `Path`            VARCHAR(200) NOT NULL,
    `StatusCode`      SMALLINT NOT NULL,
    `DurationMs`      INT NOT NULL,
    `RequestedOn`     DATETIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
    PRIMARY KEY (`ApiRequestLogId`),
    KEY `IX_ApiRequestLog_RequestedOn` (`RequestedOn`),
    CONSTRAINT `FK_ApiRequestLog_ApiClient` FOREIGN KEY (`ApiClientId`) REFERENCES `ApiClient` (`ApiClientId`)
);
