--
-- Author: A. Duarte
-- Date:   2023-01-03
-- Sales accounts by category.
--

CREATE TABLE AccountMapping (
    AccountMappingId  INT NOT NULL AUTO_INCREMENT,
    FranchiseId       INT NULL,
    ServiceCategoryId SMALLINT NOT NULL,
    AccountNumber     VARCHAR(20) NOT NULL,
    PRIMARY KEY (AccountMappingId),
    UNIQUE KEY UK_AccountMapping (FranchiseId, ServiceCategoryId),
    CONSTRAINT FK_AccountMapping_Franchise FOREIGN KEY (FranchiseId) REFERENCES Franchise (FranchiseId),
    CONSTRAINT FK_AccountMapping_ServiceCategory FOREIGN KEY (ServiceCategoryId) REFERENCES ServiceCategory (ServiceCategoryId)
);
