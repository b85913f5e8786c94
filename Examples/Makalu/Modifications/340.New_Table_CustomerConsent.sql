CREATE TABLE CustomerConsent (
    CustomerConsentId INT NOT NULL AUTO_INCREMENT,
    CustomerId        INT NOT NULL,
    ConsentPurposeId  SMALLINT NOT NULL,
    GivenOn           DATETIME NULL,
    WithdrawnOn       DATETIME NULL,
    Source            VARCHAR(60) NULL,
    PRIMARY KEY (CustomerConsentId),
    KEY IX_CustomerConsent_Customer (CustomerId, ConsentPurposeId),
    CONSTRAINT FK_CustomerConsent_Customer FOREIGN KEY (CustomerId) REFERENCES Customer (CustomerId) ON DELETE CASCADE,
    CONSTRAINT FK_CustomerConsent_ConsentPurpose FOREIGN KEY (ConsentPurposeId) REFERENCES ConsentPurpose (ConsentPurposeId)
) ENGINE = InnoDB;
