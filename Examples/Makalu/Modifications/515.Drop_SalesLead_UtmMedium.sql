-- Always 'web'.

ALTER TABLE SalesLead DROP COLUMN UtmMedium;
