-- RM 2016-02-18: Owners ask for neighboring codes all the time.

CREATE TABLE TerritoryRequest (
    TerritoryRequestId INT NOT NULL AUTO_INCREMENT,
    FranchiseId        INT NOT NULL,
    ZipCode            CHAR(5) NOT NULL,
    RequestedOn        DATE NOT NULL,
    Decision           ENUM ('Open', 'Granted', 'Refused') NOT NULL DEFAULT 'Open',
    DecidedOn          DATE NULL,
    PRIMARY KEY (TerritoryRequestId),
    CONSTRAINT FK_TerritoryRequest_Franchise FOREIGN KEY (FranchiseId) REFERENCES Franchise (FranchiseId),
    CONSTRAINT FK_TerritoryRequest_Zip FOREIGN KEY (ZipCode) REFERENCES Zip (ZipCode)
) ENGINE = InnoDB;
