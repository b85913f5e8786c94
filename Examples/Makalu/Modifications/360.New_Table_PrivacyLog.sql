/*
 * 04/08/2019 PB
 * Who looked at whom. CustomerId without a foreign key on purpose: the log outlives the
 * customer.
 */

CREATE TABLE PrivacyLog (
    PrivacyLogId BIGINT NOT NULL AUTO_INCREMENT,
    AppUserId    INT NOT NULL,
    CustomerId   INT NOT NULL,
    Action       VARCHAR(40) NOT NULL,
    LoggedOn     DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
    PRIMARY KEY (PrivacyLogId),
    CONSTRAINT FK_PrivacyLog_AppUser FOREIGN KEY (AppUserId) REFERENCES AppUser (AppUserId)
) ENGINE = InnoDB;
