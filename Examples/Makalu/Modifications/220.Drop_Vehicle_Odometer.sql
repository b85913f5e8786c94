-- RM 2016-11-24: It is in VehicleService and always out of date here.

ALTER TABLE Vehicle DROP COLUMN Odometer;
