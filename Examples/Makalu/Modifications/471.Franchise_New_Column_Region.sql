-- Three field consultants, three regions.

ALTER TABLE Franchise ADD COLUMN Region ENUM ('East', 'Central', 'West') NULL;
