-- IX_Invoice_FranchiseIdInvoicedOn covers lists by franchise; the one on the date alone stays for
-- the exports. This one on leads is a prefix of another.

ALTER TABLE SalesLead DROP INDEX IX_SalesLead_ReceivedOn;
ALTER TABLE SalesLead ADD INDEX IX_SalesLead_ReceivedOn_Source (ReceivedOn, LeadSourceId);
