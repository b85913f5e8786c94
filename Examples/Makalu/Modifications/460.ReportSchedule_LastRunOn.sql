ALTER TABLE `ReportSchedule`
    ADD COLUMN `LastRunOn` DATETIME NULL,
    ADD COLUMN `Format` ENUM ('pdf', 'xlsx', 'csv') NOT NULL DEFAULT 'pdf';
