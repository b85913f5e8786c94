-- RM 2015-02-25: Deposits on acceptance: a third, for jobs over 3,000.

CREATE TABLE Deposit (
    DepositId   INT            NOT NULL AUTO_INCREMENT,
    EstimateId  INT            NOT NULL,
    Amount      DECIMAL(10, 2) NOT NULL,
    RequestedOn DATE           NOT NULL,
    ReceivedOn  DATE           NULL,
    InvoiceId   INT            NULL COMMENT 'the invoice that the deposit went into',
    PRIMARY KEY (DepositId),
    CONSTRAINT FK_Deposit_Estimate FOREIGN KEY (EstimateId) REFERENCES Estimate (EstimateId),
    CONSTRAINT FK_Deposit_Invoice FOREIGN KEY (InvoiceId) REFERENCES Invoice (InvoiceId)
) ENGINE = InnoDB;

INSERT INTO Setting (SettingName, SettingValue) VALUES
    ('deposit.fromAmount', '3000'),
    ('deposit.percent', '33.33');
