-- RM 2016-06-03

INSERT INTO Warehouse (FranchiseId, Name)
SELECT FranchiseId, CONCAT('Main ', Code) FROM Franchise ORDER BY FranchiseId;
