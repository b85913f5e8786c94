-- AD 2022-10-31

ALTER TABLE LeadActivity RENAME COLUMN Activity TO Description;
