/*
 * 11/09/2015 PB
 * A recursive query beats typing sixty lines.
 */

INSERT INTO RoyaltyPeriod (PeriodStart, PeriodEnd, IsClosed)
WITH RECURSIVE months AS (
    SELECT CAST('2013-01-01' AS DATE) AS FirstDay
    UNION ALL
    SELECT FirstDay + INTERVAL 1 MONTH FROM months WHERE FirstDay < '2017-12-01'
)
SELECT FirstDay, LAST_DAY(FirstDay), FirstDay < '2015-09-01' FROM months ORDER BY FirstDay;
