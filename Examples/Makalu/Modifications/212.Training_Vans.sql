INSERT INTO Vehicle (FranchiseId, LicensePlate, Make, Model, ModelYear, Odometer)
SELECT FranchiseId, 'TRN 001', 'Ford', 'Transit', 2014, 41200 FROM Franchise WHERE Code = 'TRN';
SET @first := LAST_INSERT_ID();
INSERT INTO Vehicle (FranchiseId, LicensePlate, Make, Model, ModelYear, Odometer)
SELECT FranchiseId, 'TRN 002', 'Ram', 'ProMaster', 2015, 18350 FROM Franchise WHERE Code = 'TRN';
SET @second := LAST_INSERT_ID();
INSERT INTO Warehouse (FranchiseId, Name, Kind, VehicleId)
SELECT FranchiseId, 'Van 1', 'Van', @first FROM Franchise WHERE Code = 'TRN'
UNION ALL
SELECT FranchiseId, 'Van 2', 'Van', @second FROM Franchise WHERE Code = 'TRN'
ORDER BY 2;
