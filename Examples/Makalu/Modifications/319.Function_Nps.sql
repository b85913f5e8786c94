-- PB 2018-09-12

DELIMITER $$
CREATE FUNCTION fn_NetPromoterScore(pFranchiseId INT, pFrom DATE, pTo DATE)
RETURNS DECIMAL(5, 1)
READS SQL DATA
BEGIN
    DECLARE vScore DECIMAL(5, 1);
    SELECT 100.0 * (SUM(s.Recommend >= 9) - SUM(s.Recommend <= 6)) / COUNT(*) INTO vScore
      FROM Survey s
      JOIN WorkOrder w ON w.WorkOrderId = s.WorkOrderId
     WHERE w.FranchiseId = pFranchiseId
       AND s.AnsweredOn >= pFrom AND s.AnsweredOn < pTo + INTERVAL 1 DAY
       AND s.Recommend IS NOT NULL;
    RETURN vScore;
END$$
DELIMITER ;
