-- RM 2016-10-04: The van of the second row of this table has a license plate now.

ALTER TABLE Warehouse ADD COLUMN VehicleId INT NULL;
