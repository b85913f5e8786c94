-- RM 2014-08-15: By hand for those that are scheduled today.

INSERT INTO WorkOrderTask (WorkOrderId, Title, SortOrder)
SELECT DISTINCT w.WorkOrderId, t.Title, t.SortOrder
  FROM WorkOrder w
  JOIN WorkOrderLine l ON l.WorkOrderId = w.WorkOrderId
  JOIN ServiceType s ON s.ServiceTypeId = l.ServiceTypeId
  JOIN TaskTemplate t ON t.ServiceCategoryId = s.ServiceCategoryId
 WHERE w.WorkOrderStatusId = 2
 ORDER BY w.WorkOrderId, t.SortOrder, t.Title;
