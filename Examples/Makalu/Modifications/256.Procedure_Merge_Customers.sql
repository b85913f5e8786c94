DELIMITER $$

CREATE PROCEDURE sp_MergeCustomers(IN pLoser INT, IN pWinner INT)
MODIFIES SQL DATA
BEGIN
    IF pLoser = pWinner THEN
        SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'A customer cannot be merged into itself';
    END IF;
    UPDATE Estimate SET CustomerId = pWinner WHERE CustomerId = pLoser;
    UPDATE WorkOrder SET CustomerId = pWinner WHERE CustomerId = pLoser;
    UPDATE Invoice SET CustomerId = pWinner WHERE CustomerId = pLoser;
    UPDATE SalesLead SET CustomerId = pWinner WHERE CustomerId = pLoser;
    UPDATE CustomerNote SET CustomerId = pWinner WHERE CustomerId = pLoser;
    UPDATE CustomerContact SET CustomerId = pWinner WHERE CustomerId = pLoser;
    UPDATE IGNORE CustomerAddress SET CustomerId = pWinner WHERE CustomerId = pLoser;
    UPDATE Customer SET IsActive = 0, MergedIntoId = pWinner WHERE CustomerId = pLoser;
END$$

DELIMITER ;
