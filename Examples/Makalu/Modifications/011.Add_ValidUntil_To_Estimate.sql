-- RM 2013-03-26: Printed on the estimate.

ALTER TABLE Estimate ADD COLUMN ValidUntil DATE NULL AFTER EstimatedOn;
