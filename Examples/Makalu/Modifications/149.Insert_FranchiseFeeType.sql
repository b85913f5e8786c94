-- RM 2015-12-28

INSERT INTO FranchiseFeeType (FranchiseFeeTypeId, Name, IsRecurring) VALUES
    (5, 'Renewal', 0),
    (6, 'Transfer', 0),
    (7, 'Late report', 0);
