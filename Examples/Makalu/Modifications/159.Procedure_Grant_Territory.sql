DELIMITER $$

CREATE PROCEDURE sp_GrantTerritoryRequest(IN pTerritoryRequestId INT, IN pToday DATE)
MODIFIES SQL DATA
BEGIN
    DECLARE vTerritoryId INT;
    DECLARE vZip CHAR(5);
    DECLARE EXIT HANDLER FOR SQLEXCEPTION
    BEGIN
        ROLLBACK;
        RESIGNAL;
    END;

    START TRANSACTION;
    SELECT t.TerritoryId, r.ZipCode INTO vTerritoryId, vZip
      FROM TerritoryRequest r
      JOIN Territory t ON t.FranchiseId = r.FranchiseId
     WHERE r.TerritoryRequestId = pTerritoryRequestId AND r.Decision = 'Open'
     ORDER BY t.TerritoryId
     LIMIT 1;
    INSERT INTO TerritoryZip (TerritoryId, ZipCode, AssignedOn) VALUES (vTerritoryId, vZip, pToday);
    UPDATE TerritoryRequest
       SET Decision = 'Granted', DecidedOn = pToday
     WHERE TerritoryRequestId = pTerritoryRequestId;
    COMMIT;
END$$

DELIMITER ;
