-- RM 2016-03-03: Web site and phone system both ask this.

DELIMITER $$
CREATE FUNCTION fn_FranchiseForZip(pZip CHAR(5))
RETURNS INT
READS SQL DATA
BEGIN
    DECLARE vId INT DEFAULT NULL;
    DECLARE CONTINUE HANDLER FOR NOT FOUND SET vId = NULL;
    SELECT t.FranchiseId INTO vId
      FROM TerritoryZip tz
      JOIN Territory t ON t.TerritoryId = tz.TerritoryId
     WHERE tz.ZipCode = pZip;
    RETURN vId;
END$$
DELIMITER ;
