CREATE INDEX `IX_ReportRun_StartedOn` ON `ReportRun` (`StartedOn`);
