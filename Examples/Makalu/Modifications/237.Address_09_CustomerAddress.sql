/*
 * 04/07/2017 PB
 * Step 9: the places where we work. The billing address is one of them, to begin with.
 */

CREATE TABLE CustomerAddress (
    CustomerId INT NOT NULL,
    AddressId  INT NOT NULL,
    Label      VARCHAR(40) NOT NULL DEFAULT 'Home',
    PRIMARY KEY (CustomerId, AddressId),
    CONSTRAINT FK_CustomerAddress_Customer FOREIGN KEY (CustomerId) REFERENCES Customer (CustomerId) ON DELETE CASCADE,
    CONSTRAINT FK_CustomerAddress_Address FOREIGN KEY (AddressId) REFERENCES Address (AddressId)
) ENGINE = InnoDB;
