-- RM 2015-03-05: Late fees, first version: a flat amount thirty days after the due date.

CREATE TABLE LateFeeRule (
    LateFeeRuleId INT            NOT NULL AUTO_INCREMENT,
    FranchiseId   INT            NULL COMMENT 'NULL: applies where there is no rule of their own',
    GraceDays     SMALLINT       NOT NULL DEFAULT 30,
    FlatAmount    DECIMAL(10, 2) NOT NULL DEFAULT 25.00,
    ValidFrom     DATE           NOT NULL,
    PRIMARY KEY (LateFeeRuleId),
    CONSTRAINT FK_LateFeeRule_Franchise FOREIGN KEY (FranchiseId) REFERENCES Franchise (FranchiseId)
) ENGINE = InnoDB;

CREATE TABLE LateFee (
    LateFeeId INT            NOT NULL AUTO_INCREMENT,
    InvoiceId INT            NOT NULL,
    Amount    DECIMAL(10, 2) NOT NULL,
    ChargedOn DATE           NOT NULL,
    WaivedOn  DATE           NULL,
    PRIMARY KEY (LateFeeId),
    CONSTRAINT FK_LateFee_Invoice FOREIGN KEY (InvoiceId) REFERENCES Invoice (InvoiceId) ON DELETE CASCADE
) ENGINE = InnoDB;

INSERT INTO LateFeeRule (FranchiseId, GraceDays, FlatAmount, ValidFrom) VALUES (NULL, 30, 25.00, '2015-01-01');
