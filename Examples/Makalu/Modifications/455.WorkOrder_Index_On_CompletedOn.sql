-- AD 2021-08-03

CREATE INDEX IX_WorkOrder_CompletedOn ON WorkOrder (CompletedOn);
