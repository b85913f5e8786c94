-- RM 2013-05-02: No new leads from there; the old ones keep their source.

UPDATE LeadSource SET IsActive = 0 WHERE Name = 'Yellow pages';
INSERT INTO LeadSource (LeadSourceId, Name) VALUES (8, 'Search engine'), (9, 'Reviews site');
