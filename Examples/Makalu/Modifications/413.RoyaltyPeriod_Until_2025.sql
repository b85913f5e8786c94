-- PB 2020-06-19

INSERT INTO RoyaltyPeriod (PeriodStart, PeriodEnd)
WITH RECURSIVE months AS (
    SELECT CAST('2018-01-01' AS DATE) AS FirstDay
    UNION ALL
    SELECT FirstDay + INTERVAL 1 MONTH FROM months WHERE FirstDay < '2025-12-01'
)
SELECT FirstDay, LAST_DAY(FirstDay) FROM months ORDER BY FirstDay;
