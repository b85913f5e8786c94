-- RM 2014-03-19: Schedule board.

ALTER TABLE WorkOrder ADD INDEX IX_WorkOrder_PlannedStartCrewId (PlannedStart, CrewId);
