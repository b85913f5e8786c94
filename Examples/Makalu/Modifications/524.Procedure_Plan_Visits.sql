-- JS 2023-06-08

DELIMITER $$

CREATE PROCEDURE sp_PlanMaintenanceVisits(IN pUntil DATE)
MODIFIES SQL DATA
BEGIN
    INSERT INTO WorkOrder (FranchiseId, CustomerId, WorkOrderStatusId, OrderNumber, PlannedStart, PlannedEnd,
                           TotalAmount, MaintenancePlanId)
    WITH RECURSIVE visits AS (
        SELECT MaintenancePlanId, StartsOn AS VisitOn, 1 AS n FROM MaintenancePlan WHERE StartsOn <= pUntil
        UNION ALL
        SELECT v.MaintenancePlanId, p.StartsOn + INTERVAL v.n * p.EveryMonths MONTH, v.n + 1
          FROM visits v
          JOIN MaintenancePlan p ON p.MaintenancePlanId = v.MaintenancePlanId
         WHERE p.StartsOn + INTERVAL v.n * p.EveryMonths MONTH <= LEAST(pUntil, COALESCE(p.EndsOn, pUntil))
    )
    SELECT c.FranchiseId, p.CustomerId, 1, CONCAT('M-', p.MaintenancePlanId, '-', v.n), v.VisitOn, v.VisitOn,
           p.PricePerVisit, p.MaintenancePlanId
      FROM visits v
      JOIN MaintenancePlan p ON p.MaintenancePlanId = v.MaintenancePlanId
      JOIN Customer c ON c.CustomerId = p.CustomerId
      LEFT JOIN WorkOrder w ON w.MaintenancePlanId = p.MaintenancePlanId AND w.PlannedStart = v.VisitOn
     WHERE w.WorkOrderId IS NULL
     ORDER BY p.MaintenancePlanId, v.n;
END$$

DELIMITER ;
