-- RM 2015-12-30: New contracts: 500 a month at least, from the second year.

CREATE TABLE MinimumRoyalty (
    MinimumRoyaltyId INT NOT NULL AUTO_INCREMENT,
    FranchiseId      INT NOT NULL,
    MonthlyAmount    DECIMAL(10, 2) NOT NULL,
    ValidFrom        DATE NOT NULL,
    PRIMARY KEY (MinimumRoyaltyId),
    CONSTRAINT FK_MinimumRoyalty_Franchise FOREIGN KEY (FranchiseId) REFERENCES Franchise (FranchiseId)
) ENGINE = InnoDB;
