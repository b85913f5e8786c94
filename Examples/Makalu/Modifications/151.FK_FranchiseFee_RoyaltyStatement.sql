ALTER TABLE FranchiseFee
    ADD CONSTRAINT FK_FranchiseFee_RoyaltyStatement FOREIGN KEY (RoyaltyStatementId)
        REFERENCES RoyaltyStatement (RoyaltyStatementId);
