ALTER TABLE FranchiseInsurance ADD CONSTRAINT CK_FranchiseInsurance_Coverage CHECK (Coverage >= 1000000);
