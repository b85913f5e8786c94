ALTER TABLE FranchiseAgreement ADD CONSTRAINT CK_FranchiseAgreement_Royalty CHECK (RoyaltyPercent BETWEEN 0 AND 15);
