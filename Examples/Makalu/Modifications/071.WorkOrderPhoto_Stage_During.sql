-- RM 2014-07-11: Grinding looks bad in between; owners want that on record.

ALTER TABLE WorkOrderPhoto MODIFY COLUMN Stage ENUM ('Before', 'During', 'After') NOT NULL;
