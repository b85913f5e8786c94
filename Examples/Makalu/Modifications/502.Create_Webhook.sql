CREATE TABLE `Webhook` (
    `WebhookId`   INT NOT NULL AUTO_INCREMENT,
    `ApiClientId` INT NOT NULL,
    `EventName`   VARCHAR(40) NOT NULL,
    `Url`         VARCHAR(300) NOT NULL,
    `SecretHash`  CHAR(64) NOT NULL,
    `IsActive`    TINYINT(1) NOT NULL DEFAULT 1,
    PRIMARY KEY (`WebhookId`),
    CONSTRAINT `FK_Webhook_ApiClient` FOREIGN KEY (`ApiClientId`) REFERENCES `ApiClient` (`ApiClientId`) ON DELETE CASCADE
);
