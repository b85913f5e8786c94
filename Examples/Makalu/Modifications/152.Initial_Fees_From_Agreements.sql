-- RM 2015-12-28: The initial fees were only in the contracts; the books want them as fees.

INSERT INTO FranchiseFee (FranchiseId, FranchiseFeeTypeId, Amount, DueOn, PaidOn)
SELECT FranchiseId, 1, InitialFee, SignedOn, SignedOn
  FROM FranchiseAgreement
 WHERE RenewalOfId IS NULL
 ORDER BY FranchiseAgreementId;
