-- PB 2014-10-24

CREATE VIEW vw_ScheduleBoard AS
SELECT w.WorkOrderId,
       w.OrderNumber,
       w.FranchiseId,
       c.Name AS CrewName,
       c.Color AS CrewColor,
       w.PlannedStart,
       w.PlannedEnd,
       w.ArrivalFrom,
       w.ArrivalTo,
       s.Name AS StatusName
  FROM WorkOrder w
  JOIN WorkOrderStatus s ON s.WorkOrderStatusId = w.WorkOrderStatusId
  LEFT JOIN Crew c ON c.CrewId = w.CrewId
 WHERE s.IsFinal = 0;
