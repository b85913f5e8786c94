CREATE TABLE `PortalSession` (
    `TokenHash`       CHAR(64) NOT NULL,
    `PortalAccountId` INT NOT NULL,
    `CreatedOn`       DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
    `ExpiresOn`       DATETIME NOT NULL,
    PRIMARY KEY (`TokenHash`),
    KEY `IX_PortalSession_ExpiresOn` (`ExpiresOn`),
    CONSTRAINT `FK_PortalSession_PortalAccount` FOREIGN KEY (`PortalAccountId`) REFERENCES `PortalAccount` (`PortalAccountId`) ON DELETE CASCADE
);
