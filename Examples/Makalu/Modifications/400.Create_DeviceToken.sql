/*
 * 01/14/2020 PB
 * Push to the technicians' phones.
 */

CREATE TABLE DeviceToken (
    DeviceTokenId INT NOT NULL AUTO_INCREMENT,
    AppUserId     INT NOT NULL,
    Platform      ENUM ('ios', 'android') NOT NULL,
    Token         VARCHAR(200) NOT NULL,
    PRIMARY KEY (DeviceTokenId),
    UNIQUE KEY UK_DeviceToken (Token),
    CONSTRAINT FK_DeviceToken_AppUser FOREIGN KEY (AppUserId) REFERENCES AppUser (AppUserId) ON DELETE CASCADE
) ENGINE = InnoDB;
