CREATE INDEX IX_TaxExemption_ValidTo ON TaxExemption (ValidTo);
