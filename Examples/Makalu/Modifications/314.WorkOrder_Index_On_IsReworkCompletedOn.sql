CREATE INDEX `IX_WorkOrder_IsReworkCompletedOn` ON `WorkOrder` (`IsRework`, `CompletedOn`);
