-- AD 2020-07-13

CREATE TABLE TaxAuthorityRate (
    TaxAuthorityRateId INT NOT NULL AUTO_INCREMENT,
    TaxAuthorityId     INT NOT NULL,
    Percent            DECIMAL(6, 3) NOT NULL,
    ValidFrom          DATE NOT NULL,
    ValidTo            DATE NULL,
    PRIMARY KEY (TaxAuthorityRateId),
    UNIQUE KEY UK_TaxAuthorityRate (TaxAuthorityId, ValidFrom),
    CONSTRAINT FK_TaxAuthorityRate_TaxAuthority FOREIGN KEY (TaxAuthorityId) REFERENCES TaxAuthority (TaxAuthorityId) ON DELETE CASCADE
);
