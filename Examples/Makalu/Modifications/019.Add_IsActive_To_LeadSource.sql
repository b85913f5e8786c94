-- RM 2013-05-02: Yellow pages are over.

ALTER TABLE LeadSource ADD COLUMN IsActive TINYINT(1) NOT NULL DEFAULT 1;
