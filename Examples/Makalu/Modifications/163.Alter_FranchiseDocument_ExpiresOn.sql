ALTER TABLE FranchiseDocument ADD COLUMN ExpiresOn DATE NULL;
