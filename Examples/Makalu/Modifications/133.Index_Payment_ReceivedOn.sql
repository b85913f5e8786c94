-- PB 2015-08-11

CREATE INDEX IX_Payment_ReceivedOn ON Payment (ReceivedOn);