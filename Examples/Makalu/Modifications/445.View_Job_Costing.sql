-- MAK-682: Hours times the rate of the day, plus material. (JS)

CREATE VIEW vw_JobCost AS
SELECT w.WorkOrderId,
       w.FranchiseId,
       w.OrderNumber,
       w.TotalAmount,
       (SELECT COALESCE(SUM(t.Hours * (SELECT r.HourlyRate
                                         FROM EmployeeRate r
                                        WHERE r.EmployeeId = t.EmployeeId AND r.ValidFrom <= t.WorkDate
                                        ORDER BY r.ValidFrom DESC
                                        LIMIT 1)), 0)
          FROM Timesheet t
         WHERE t.WorkOrderId = w.WorkOrderId) AS LaborCost,
       (SELECT COALESCE(SUM(-m.Quantity * p.UnitCost), 0)
          FROM StockMovement m
          JOIN Product p ON p.ProductId = m.ProductId
         WHERE m.WorkOrderId = w.WorkOrderId AND m.Reason = 'Usage') AS MaterialCost
  FROM WorkOrder w;
