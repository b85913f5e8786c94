-- Export asks for the ones without.

ALTER TABLE Invoice ADD INDEX IX_Invoice_AccountingExportIdStatus (AccountingExportId, Status);
