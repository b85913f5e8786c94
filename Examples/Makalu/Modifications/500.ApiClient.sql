-- MAK-772: Partners may send us leads. (JS)

CREATE TABLE `ApiClient` (
    `ApiClientId` INT NOT NULL AUTO_INCREMENT,
    `Name`        VARCHAR(80) NOT NULL,
    `KeyHash`     CHAR(64) NOT NULL,
    `IsActive`    TINYINT(1) NOT NULL DEFAULT 1,
    `CreatedOn`   DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
    PRIMARY KEY (`ApiClientId`),
    UNIQUE KEY `UK_ApiClient_KeyHash` (`KeyHash`)
);
