# tk: Commercial customers don't pay without it.

alter table Invoice add column PurchaseOrderNumber varchar(40) null;
