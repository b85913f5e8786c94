-- PB 2018-05-21

CREATE TABLE WarrantyType (
    WarrantyTypeId SMALLINT NOT NULL,
    Name           VARCHAR(60) NOT NULL,
    Months         SMALLINT NOT NULL,
    Terms          TEXT NULL,
    PRIMARY KEY (WarrantyTypeId)
) ENGINE = InnoDB;
