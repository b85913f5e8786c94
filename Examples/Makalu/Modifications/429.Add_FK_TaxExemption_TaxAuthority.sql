-- AD 2020-10-05

ALTER TABLE TaxExemption
    ADD CONSTRAINT FK_TaxExemption_TaxAuthority FOREIGN KEY (TaxAuthorityId)
        REFERENCES TaxAuthority (TaxAuthorityId);
