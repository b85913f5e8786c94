/*
 * 10/09/2015 PB
 * A renewal points to the contract before it.
 */

ALTER TABLE FranchiseAgreement
    ADD CONSTRAINT FK_FranchiseAgreement_FranchiseAgreement_RenewalOf FOREIGN KEY (RenewalOfId)
        REFERENCES FranchiseAgreement (FranchiseAgreementId);
