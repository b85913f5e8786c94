-- RM 2015-12-30

INSERT INTO MinimumRoyalty (FranchiseId, MonthlyAmount, ValidFrom)
SELECT FranchiseId, 500.00, OpenedOn + INTERVAL 1 YEAR
  FROM Franchise
 WHERE Status = 'Open' AND Code <> 'TRN'
 ORDER BY FranchiseId;
