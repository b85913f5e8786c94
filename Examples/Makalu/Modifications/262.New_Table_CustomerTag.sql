/*
 * 07/25/2017 PB
 * Free words, unlike the tags of leads.
 */

CREATE TABLE CustomerTag (
    CustomerId INT NOT NULL,
    Tag        VARCHAR(30) NOT NULL,
    PRIMARY KEY (CustomerId, Tag),
    CONSTRAINT FK_CustomerTag_Customer FOREIGN KEY (CustomerId) REFERENCES Customer (CustomerId) ON DELETE CASCADE
) ENGINE = InnoDB;
