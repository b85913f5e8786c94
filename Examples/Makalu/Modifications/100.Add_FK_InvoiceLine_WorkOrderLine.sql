ALTER TABLE InvoiceLine
    ADD CONSTRAINT FK_InvoiceLine_WorkOrderLine FOREIGN KEY (WorkOrderLineId)
        REFERENCES WorkOrderLine (WorkOrderLineId) ON DELETE SET NULL;
