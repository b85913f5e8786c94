-- RM 2016-11-11

ALTER TABLE VehicleMileage RENAME COLUMN Miles TO DistanceMiles;
