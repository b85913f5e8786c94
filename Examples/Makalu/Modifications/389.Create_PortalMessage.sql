-- MAK-551: Chat, sort of. AppUserId NULL: the customer wrote it. (JS)

CREATE TABLE `PortalMessage` (
    `PortalMessageId` INT NOT NULL AUTO_INCREMENT,
    `CustomerId`      INT NOT NULL,
    `AppUserId`       INT NULL,
    `Body`            TEXT NOT NULL,
    `WrittenOn`       DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
    `ReadOn`          DATETIME NULL,
    PRIMARY KEY (`PortalMessageId`),
    KEY `IX_PortalMessage_Customer` (`CustomerId`, `WrittenOn`),
    CONSTRAINT `FK_PortalMessage_Customer` FOREIGN KEY (`CustomerId`) REFERENCES `Customer` (`CustomerId`) ON DELETE CASCADE,
    CONSTRAINT `FK_PortalMessage_AppUser` FOREIGN KEY (`AppUserId`) REFERENCES `AppUser` (`AppUserId`)
);
