ALTER TABLE PurchaseOrderLine ADD CONSTRAINT CK_PurchaseOrderLine_Quantity CHECK (Quantity > 0);
