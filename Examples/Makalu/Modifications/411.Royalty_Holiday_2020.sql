-- MAK-654: Second quarter at half the royalty; board decision of April 2nd. (JS)

CREATE TABLE RoyaltyRelief (
    RoyaltyReliefId INT           NOT NULL AUTO_INCREMENT,
    FranchiseId     INT           NULL COMMENT 'NULL: everybody',
    ValidFrom       DATE          NOT NULL,
    ValidTo         DATE          NOT NULL,
    Factor          DECIMAL(4, 3) NOT NULL,
    PRIMARY KEY (RoyaltyReliefId),
    CONSTRAINT FK_RoyaltyRelief_Franchise FOREIGN KEY (FranchiseId) REFERENCES Franchise (FranchiseId)
) ENGINE = InnoDB;

INSERT INTO RoyaltyRelief (FranchiseId, ValidFrom, ValidTo, Factor) VALUES (NULL, '2020-04-01', '2020-06-30', 0.500);
