-- PB 2014-12-16

ALTER TABLE Invoice ADD INDEX IX_Invoice_InvoicedOn (InvoicedOn);
