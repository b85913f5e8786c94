-- AD 2020-10-29

CREATE TABLE PaymentPlanInstallment (
    PaymentPlanId INT NOT NULL,
    Number        TINYINT NOT NULL,
    DueOn         DATE NOT NULL,
    Amount        DECIMAL(10, 2) NOT NULL,
    PaidOn        DATE NULL,
    PRIMARY KEY (PaymentPlanId, Number),
    CONSTRAINT FK_PaymentPlanInstallment_PaymentPlan FOREIGN KEY (PaymentPlanId) REFERENCES PaymentPlan (PaymentPlanId) ON DELETE CASCADE
);
