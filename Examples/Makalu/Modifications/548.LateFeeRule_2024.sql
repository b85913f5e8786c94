-- JS 2023-10-20

UPDATE LateFeeRule SET ValidTo = '2023-12-31' WHERE ValidTo IS NULL;
INSERT INTO LateFeeRule (FranchiseId, GraceDays, FlatAmount, ValidFrom, MonthlyPercent, MinimumAmount, MaximumAmount)
VALUES (NULL, 15, 0.00, '2024-01-01', 1.500, 5.00, 500.00);
