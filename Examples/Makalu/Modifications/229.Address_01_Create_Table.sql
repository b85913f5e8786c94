-- RM 2017-02-23: Step 1 of 12: addresses live in Customer and in Franchise and nowhere else, but
-- customers have several houses.

CREATE TABLE Address (
    AddressId INT NOT NULL AUTO_INCREMENT,
    Line1     VARCHAR(100) NOT NULL,
    Line2     VARCHAR(100) NULL,
    CityName  VARCHAR(60) NULL,
    StateId   SMALLINT NULL,
    ZipCode   CHAR(5) NULL,
    ZipPlus4  CHAR(4) NULL,
    CreatedOn DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
    PRIMARY KEY (AddressId),
    KEY IX_Address_ZipCode (ZipCode),
    CONSTRAINT FK_Address_State FOREIGN KEY (StateId) REFERENCES State (StateId)
) ENGINE = InnoDB;
