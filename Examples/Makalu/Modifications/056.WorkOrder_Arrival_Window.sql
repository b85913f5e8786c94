-- RM 2014-02-04: We promise a window of two hours.

ALTER TABLE WorkOrder
    ADD COLUMN ArrivalFrom TIME NULL AFTER PlannedEnd,
    ADD COLUMN ArrivalTo TIME NULL AFTER ArrivalFrom;
