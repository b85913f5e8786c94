/*
 * 04/11/2016 PB
 * A million at least, says the contract.
 */

CREATE TABLE FranchiseInsurance (
    FranchiseInsuranceId INT NOT NULL AUTO_INCREMENT,
    FranchiseId          INT NOT NULL,
    Carrier              VARCHAR(80) NOT NULL,
    PolicyNumber         VARCHAR(40) NOT NULL,
    Coverage             DECIMAL(12, 2) NOT NULL,
    ExpiresOn            DATE NOT NULL,
    PRIMARY KEY (FranchiseInsuranceId),
    CONSTRAINT FK_FranchiseInsurance_Franchise FOREIGN KEY (FranchiseId) REFERENCES Franchise (FranchiseId)
) ENGINE = InnoDB;
