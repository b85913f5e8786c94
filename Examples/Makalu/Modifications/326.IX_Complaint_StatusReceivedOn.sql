ALTER TABLE `Complaint` ADD INDEX `IX_Complaint_StatusReceivedOn` (`Status`, `ReceivedOn`);
