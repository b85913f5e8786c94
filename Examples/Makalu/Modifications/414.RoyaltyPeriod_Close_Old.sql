-- PB 2020-06-19

UPDATE RoyaltyPeriod SET IsClosed = 1 WHERE PeriodEnd < '2020-01-01';
