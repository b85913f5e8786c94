-- AD 2021-01-01

CREATE INDEX IX_PaymentPlanInstallment_DueOn ON PaymentPlanInstallment (DueOn);
