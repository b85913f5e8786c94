-- MAK-611: Estimates by video since last week. (JS)

ALTER TABLE `Appointment`
    ADD COLUMN `IsRemote` TINYINT(1) NOT NULL DEFAULT 0,
    ADD COLUMN `MeetingUrl` VARCHAR(300) NULL;
