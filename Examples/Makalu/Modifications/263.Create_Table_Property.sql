/*
 * 07/27/2017 PB
 * A building keeps its history when the owner changes.
 */

CREATE TABLE Property (
    PropertyId INT NOT NULL AUTO_INCREMENT,
    AddressId  INT NOT NULL,
    Name       VARCHAR(80) NULL,
    YearBuilt  SMALLINT NULL,
    Kind       ENUM ('House', 'Condo', 'Office', 'Hotel', 'Church', 'Other') NOT NULL DEFAULT 'House',
    PRIMARY KEY (PropertyId),
    CONSTRAINT FK_Property_Address FOREIGN KEY (AddressId) REFERENCES Address (AddressId)
) ENGINE = InnoDB;
