-- ml 2022-12-29

CREATE TABLE AccountingExport (
    AccountingExportId INT NOT NULL AUTO_INCREMENT,
    FranchiseId        INT NOT NULL,
    ExportedOn         DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
    FromDate           DATE NOT NULL,
    ToDate             DATE NOT NULL,
    FileName           VARCHAR(200) NOT NULL,
    PRIMARY KEY (AccountingExportId),
    CONSTRAINT FK_AccountingExport_Franchise FOREIGN KEY (FranchiseId) REFERENCES Franchise (FranchiseId)
) ENGINE = InnoDB;
