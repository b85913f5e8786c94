-- tk 2016-08-30

alter table PurchaseOrder add column WarehouseId int null;
