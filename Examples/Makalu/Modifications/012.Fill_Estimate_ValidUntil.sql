-- RM 2013-04-15: Thirty days for the estimates that are there already.

UPDATE Estimate
   SET ValidUntil = EstimatedOn + INTERVAL 30 DAY
 WHERE ValidUntil IS NULL;
