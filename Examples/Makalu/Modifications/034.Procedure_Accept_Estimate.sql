-- RM 2013-08-29: Accepting was done in three places of the program, each a little differently.

DELIMITER //

CREATE PROCEDURE sp_AcceptEstimate(IN pEstimateId INT, IN pOptionId INT)
MODIFIES SQL DATA
BEGIN
    DECLARE vStatus VARCHAR(20);

    SELECT Status INTO vStatus FROM Estimate WHERE EstimateId = pEstimateId FOR UPDATE;
    IF vStatus IS NULL THEN
        SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'There is no such estimate';
    ELSEIF vStatus NOT IN ('Draft', 'Sent') THEN
        SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'The estimate is closed already';
    END IF;

    UPDATE EstimateOption SET IsSelected = (EstimateOptionId = pOptionId) WHERE EstimateId = pEstimateId;
    UPDATE Estimate SET Status = 'Accepted' WHERE EstimateId = pEstimateId;
    UPDATE SalesLead l
      JOIN Estimate e ON e.SalesLeadId = l.SalesLeadId
       SET l.LeadStatusId = 5
     WHERE e.EstimateId = pEstimateId;
END//

DELIMITER ;
