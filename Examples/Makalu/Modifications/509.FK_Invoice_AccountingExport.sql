ALTER TABLE Invoice
    ADD CONSTRAINT FK_Invoice_AccountingExport FOREIGN KEY (AccountingExportId)
        REFERENCES AccountingExport (AccountingExportId) ON DELETE SET NULL;
