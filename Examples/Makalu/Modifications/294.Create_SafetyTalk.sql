-- MAK-371: Five minutes every Monday. (JS)

CREATE TABLE `SafetyTalk` (
    `SafetyTalkId` INT NOT NULL AUTO_INCREMENT,
    `CrewId`       INT NOT NULL,
    `HeldOn`       DATE NOT NULL,
    `Topic`        VARCHAR(120) NOT NULL,
    PRIMARY KEY (`SafetyTalkId`),
    CONSTRAINT `FK_SafetyTalk_Crew` FOREIGN KEY (`CrewId`) REFERENCES `Crew` (`CrewId`)
);
