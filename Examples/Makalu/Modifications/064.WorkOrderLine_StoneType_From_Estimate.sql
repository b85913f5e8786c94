-- RM 2014-05-15: First area of the estimate wins; the office corrects the rest by hand.

UPDATE WorkOrderLine wl
  JOIN WorkOrder w ON w.WorkOrderId = wl.WorkOrderId
  JOIN (SELECT EstimateId, MIN(StoneTypeId) AS StoneTypeId
          FROM EstimateArea
         GROUP BY EstimateId) a ON a.EstimateId = w.EstimateId
   SET wl.StoneTypeId = a.StoneTypeId
 WHERE wl.StoneTypeId IS NULL;
