--
-- Author: A. Duarte
-- Date:   2020-10-19
-- Hotels pay in pieces this year.
--

CREATE TABLE PaymentPlan (
    PaymentPlanId INT NOT NULL AUTO_INCREMENT,
    InvoiceId     INT NOT NULL,
    Installments  TINYINT NOT NULL,
    FirstDueOn    DATE NOT NULL,
    AgreedOn      DATE NOT NULL,
    PRIMARY KEY (PaymentPlanId),
    UNIQUE KEY UK_PaymentPlan_Invoice (InvoiceId),
    CONSTRAINT FK_PaymentPlan_Invoice FOREIGN KEY (InvoiceId) REFERENCES Invoice (InvoiceId)
);
