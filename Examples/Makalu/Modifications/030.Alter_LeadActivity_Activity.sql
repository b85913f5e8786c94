-- RM 2013-08-26: 200 characters are too short for a phone note.

ALTER TABLE LeadActivity MODIFY COLUMN Activity VARCHAR(500) NOT NULL;
