-- RM 2014-02-07: Gate codes, dogs, where to park.

ALTER TABLE WorkOrder ADD COLUMN AccessNotes VARCHAR(500) NULL;
