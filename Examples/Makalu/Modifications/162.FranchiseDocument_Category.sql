ALTER TABLE FranchiseDocument
    ADD COLUMN Category ENUM ('Contract', 'Insurance', 'Manual', 'Marketing', 'Other') NOT NULL DEFAULT 'Other' AFTER FranchiseId;
