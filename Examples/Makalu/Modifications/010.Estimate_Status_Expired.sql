-- RM 2013-03-26: Estimates are valid for thirty days; after that the nightly job sets Expired.

ALTER TABLE Estimate MODIFY COLUMN Status ENUM ('Draft', 'Sent', 'Accepted', 'Declined', 'Expired') NOT NULL DEFAULT 'Draft';
