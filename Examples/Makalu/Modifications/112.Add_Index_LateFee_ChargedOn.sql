-- RM 2015-04-06

CREATE INDEX IX_LateFee_ChargedOn ON LateFee (ChargedOn);
