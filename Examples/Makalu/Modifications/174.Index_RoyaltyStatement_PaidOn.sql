ALTER TABLE RoyaltyStatement ADD INDEX IX_RoyaltyStatement_PaidOn (PaidOn);
