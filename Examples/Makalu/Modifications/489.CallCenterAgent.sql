-- MAK-760: The call center in Columbus answers for all franchises from now on. (JS)

CREATE TABLE `CallCenterAgent` (
    `AppUserId` INT NOT NULL,
    `Extension` VARCHAR(10) NOT NULL,
    `Languages` VARCHAR(40) NOT NULL DEFAULT 'en',
    PRIMARY KEY (`AppUserId`),
    UNIQUE KEY `UK_CallCenterAgent_Extension` (`Extension`),
    CONSTRAINT `FK_CallCenterAgent_AppUser` FOREIGN KEY (`AppUserId`) REFERENCES `AppUser` (`AppUserId`)
);
