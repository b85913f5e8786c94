-- JS 2019-12-25

CREATE INDEX `IX_OnlinePayment_StatusStartedOn` ON `OnlinePayment` (`Status`, `StartedOn`);
