-- MAK-522: Customers log in: see estimates, accept, pay. (JS)

CREATE TABLE `PortalAccount` (
    `PortalAccountId` INT NOT NULL AUTO_INCREMENT,
    `CustomerId`      INT NOT NULL,
    `Email`           VARCHAR(180) NOT NULL,
    `PasswordHash`    VARCHAR(255) NULL,
    `PublicId`        CHAR(36) NOT NULL DEFAULT (UUID()),
    `IsActive`        TINYINT(1) NOT NULL DEFAULT 1,
    `CreatedOn`       DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
    `LastSeenOn`      DATETIME NULL,
    PRIMARY KEY (`PortalAccountId`),
    UNIQUE KEY `UK_PortalAccount_Email` (`Email`),
    UNIQUE KEY `UK_PortalAccount_PublicId` (`PublicId`),
    CONSTRAINT `FK_PortalAccount_Customer` FOREIGN KEY (`CustomerId`) REFERENCES `Customer` (`CustomerId`) ON DELETE CASCADE
);
