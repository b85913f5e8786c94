-- Uses the function that the web site uses, and says where the lead went.

DROP PROCEDURE IF EXISTS sp_AssignLeadByZip;

DELIMITER $$
CREATE PROCEDURE sp_AssignLeadByZip(IN pSalesLeadId INT)
MODIFIES SQL DATA
BEGIN
    DECLARE vFranchiseId INT;
    SELECT fn_FranchiseForZip(ZipCode) INTO vFranchiseId FROM SalesLead WHERE SalesLeadId = pSalesLeadId;
    IF vFranchiseId IS NOT NULL THEN
        UPDATE SalesLead SET FranchiseId = vFranchiseId WHERE SalesLeadId = pSalesLeadId;
        INSERT INTO LeadActivity (SalesLeadId, Description)
        SELECT pSalesLeadId, CONCAT('Assigned to ', Name) FROM Franchise WHERE FranchiseId = vFranchiseId;
    END IF;
END$$
DELIMITER ;
