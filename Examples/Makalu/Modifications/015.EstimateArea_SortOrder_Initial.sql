-- RM 2013-04-16

SET @n := 0;
SET @last := 0;
CREATE TEMPORARY TABLE tmpAreaOrder (EstimateAreaId INT NOT NULL PRIMARY KEY, n SMALLINT NOT NULL);
INSERT INTO tmpAreaOrder (EstimateAreaId, n)
SELECT EstimateAreaId, ROW_NUMBER() OVER (PARTITION BY EstimateId ORDER BY EstimateAreaId) * 10
  FROM EstimateArea;
UPDATE EstimateArea a JOIN tmpAreaOrder t ON t.EstimateAreaId = a.EstimateAreaId SET a.SortOrder = t.n;
DROP TEMPORARY TABLE tmpAreaOrder;
