-- ml 2023-02-27

ALTER TABLE Invoice ADD COLUMN AccountingExportId INT NULL;
