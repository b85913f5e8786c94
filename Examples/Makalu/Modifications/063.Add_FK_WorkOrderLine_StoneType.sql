-- tk 2014-05-15

alter table WorkOrderLine
    add constraint FK_WorkOrderLine_StoneType foreign key (StoneTypeId)
        references StoneType (StoneTypeId);
