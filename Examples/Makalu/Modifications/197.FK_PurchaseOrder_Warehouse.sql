-- tk 2016-08-30

alter table PurchaseOrder
    add constraint FK_PurchaseOrder_Warehouse foreign key (WarehouseId)
        references Warehouse (WarehouseId);
