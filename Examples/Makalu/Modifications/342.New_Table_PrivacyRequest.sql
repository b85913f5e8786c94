/*
 * 01/21/2019 PB
 * Forty-five days, says the law.
 */

CREATE TABLE PrivacyRequest (
    PrivacyRequestId INT NOT NULL AUTO_INCREMENT,
    CustomerId       INT NULL,
    Email            VARCHAR(180) NOT NULL,
    Kind             ENUM ('Access', 'Correction', 'Deletion') NOT NULL,
    ReceivedOn       DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
    DueOn            DATE NOT NULL,
    DoneOn           DATETIME NULL,
    PRIMARY KEY (PrivacyRequestId),
    CONSTRAINT FK_PrivacyRequest_Customer FOREIGN KEY (CustomerId) REFERENCES Customer (CustomerId) ON DELETE SET NULL
) ENGINE = InnoDB;
