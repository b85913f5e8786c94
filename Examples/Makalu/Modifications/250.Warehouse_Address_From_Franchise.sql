-- RM 2017-06-08

UPDATE Warehouse w
  JOIN Franchise f ON f.FranchiseId = w.FranchiseId
   SET w.AddressId = f.AddressId
 WHERE w.Kind = 'Building';
