--
-- Author: A. Duarte
-- Date:   2020-07-27
-- Which authority is in charge of which ZIP code.
--

CREATE TABLE TaxAuthorityZip (
    TaxAuthorityId INT NOT NULL,
    ZipCode        CHAR(5) NOT NULL,
    PRIMARY KEY (TaxAuthorityId, ZipCode),
    CONSTRAINT FK_TaxAuthorityZip_TaxAuthority FOREIGN KEY (TaxAuthorityId) REFERENCES TaxAuthority (TaxAuthorityId) ON DELETE CASCADE,
    CONSTRAINT FK_TaxAuthorityZip_Zip FOREIGN KEY (ZipCode) REFERENCES Zip (ZipCode)
);
