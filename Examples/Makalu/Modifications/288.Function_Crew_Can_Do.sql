-- JS 2018-02-06

DELIMITER $$
CREATE FUNCTION fn_CrewCanDo(pCrewId INT, pWorkOrderId INT)
RETURNS TINYINT(1)
READS SQL DATA
BEGIN
    RETURN NOT EXISTS (
        SELECT 1
          FROM WorkOrderLine l
          JOIN ServiceType t ON t.ServiceTypeId = l.ServiceTypeId
         WHERE l.WorkOrderId = pWorkOrderId
           AND t.RequiredSkillId IS NOT NULL
           AND NOT EXISTS (SELECT 1
                             FROM vw_CrewSkill s
                            WHERE s.CrewId = pCrewId AND s.SkillId = t.RequiredSkillId));
END$$
DELIMITER ;
