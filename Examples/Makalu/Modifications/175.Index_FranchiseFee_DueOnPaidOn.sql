CREATE INDEX IX_FranchiseFee_DueOnPaidOn ON FranchiseFee (DueOn, PaidOn);
