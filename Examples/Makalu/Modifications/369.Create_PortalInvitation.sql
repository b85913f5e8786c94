CREATE TABLE `PortalInvitation` (
    `PortalInvitationId` INT NOT NULL AUTO_INCREMENT,
    `CustomerId`         INT NOT NULL,
    `TokenHash`          CHAR(64) NOT NULL,
    `SentOn`             DATETIME NULL,
    `UsedOn`             DATETIME NULL,
    PRIMARY KEY (`PortalInvitationId`),
    CONSTRAINT `FK_PortalInvitation_Customer` FOREIGN KEY (`CustomerId`) REFERENCES `Customer` (`CustomerId`) ON DELETE CASCADE
);
