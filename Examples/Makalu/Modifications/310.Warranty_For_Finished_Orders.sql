-- MAK-448: Back to the beginning: everything finished has at least the workmanship warranty. (JS)

INSERT INTO Warranty (WorkOrderId, WarrantyTypeId, StartsOn, EndsOn)
SELECT DISTINCT w.WorkOrderId,
       t.WarrantyTypeId,
       w.CompletedOn,
       w.CompletedOn + INTERVAL t.Months MONTH
  FROM WorkOrder w
  JOIN WorkOrderLine l ON l.WorkOrderId = w.WorkOrderId
  JOIN ServiceType s ON s.ServiceTypeId = l.ServiceTypeId
  JOIN WarrantyType t ON t.WarrantyTypeId = COALESCE(s.WarrantyTypeId, 1)
 WHERE w.CompletedOn IS NOT NULL
 ORDER BY w.WorkOrderId, t.WarrantyTypeId;
