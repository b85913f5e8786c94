-- RM 2015-12-24: The statements of one month took a minute.

CREATE INDEX IX_Invoice_FranchiseIdInvoicedOn ON Invoice (FranchiseId, InvoicedOn);
