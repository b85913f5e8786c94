-- RM 2015-01-16: So that a line is not billed twice.

ALTER TABLE InvoiceLine ADD COLUMN WorkOrderLineId INT NULL;
