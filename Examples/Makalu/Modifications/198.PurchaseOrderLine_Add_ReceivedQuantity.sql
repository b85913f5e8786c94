# tk: Partial deliveries.

alter table PurchaseOrderLine add column ReceivedQuantity int not null default 0;
