-- MAK-838: Late fees come back in 2024. First: know what a night did. (JS)

CREATE TABLE `LateFeeRun` (
    `LateFeeRunId` INT NOT NULL AUTO_INCREMENT,
    `RanFor`       DATE NOT NULL,
    `StartedOn`    DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
    `FinishedOn`   DATETIME NULL,
    `Charged`      INT NULL,
    `Amount`       DECIMAL(12, 2) NULL,
    PRIMARY KEY (`LateFeeRunId`),
    UNIQUE KEY `UK_LateFeeRun_RanFor` (`RanFor`)
);
