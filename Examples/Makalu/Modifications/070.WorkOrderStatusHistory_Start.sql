-- RM 2014-07-11: One row for every order, so that the report has a beginning.

INSERT INTO WorkOrderStatusHistory (WorkOrderId, OldStatusId, NewStatusId, ChangedOn)
SELECT WorkOrderId, NULL, WorkOrderStatusId, CreatedOn
  FROM WorkOrder
 ORDER BY WorkOrderId;
