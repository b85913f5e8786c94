# tk: The stone was only on the estimate.

alter table WorkOrderLine add column StoneTypeId smallint null after ServiceTypeId;
