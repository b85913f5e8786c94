-- Routines, triggers and the first view.

DELIMITER $$

CREATE FUNCTION fn_FullName(pFirst VARCHAR(50), pLast VARCHAR(50))
RETURNS VARCHAR(101)
DETERMINISTIC
NO SQL
BEGIN
    RETURN TRIM(CONCAT(COALESCE(pFirst, ''), ' ', COALESCE(pLast, '')));
END$$

-- Great-circle distance in miles (haversine); the mean radius of the earth is 3958.8 miles.
CREATE FUNCTION fn_DistanceMiles(
    pLat1 DECIMAL(7, 4), pLon1 DECIMAL(7, 4),
    pLat2 DECIMAL(7, 4), pLon2 DECIMAL(7, 4))
RETURNS DOUBLE
DETERMINISTIC
NO SQL
BEGIN
    DECLARE a DOUBLE;
    SET a = POW(SIN(RADIANS(pLat2 - pLat1) / 2), 2)
          + COS(RADIANS(pLat1)) * COS(RADIANS(pLat2)) * POW(SIN(RADIANS(pLon2 - pLon1) / 2), 2);
    RETURN 3958.8 * 2 * ASIN(LEAST(1, SQRT(a)));
END$$

CREATE FUNCTION fn_TaxPercent(pStateId SMALLINT, pOn DATE)
RETURNS DECIMAL(6, 3)
READS SQL DATA
BEGIN
    DECLARE vPercent DECIMAL(6, 3) DEFAULT 0;
    DECLARE CONTINUE HANDLER FOR NOT FOUND SET vPercent = 0;
    SELECT Percent INTO vPercent
      FROM TaxRate
     WHERE StateId = pStateId AND ValidFrom <= pOn
     ORDER BY ValidFrom DESC
     LIMIT 1;
    RETURN vPercent;
END$$

CREATE FUNCTION fn_InvoiceBalance(pInvoiceId INT)
RETURNS DECIMAL(10, 2)
READS SQL DATA
BEGIN
    DECLARE vTotal, vPaid, vCredit DECIMAL(10, 2);
    SELECT TotalAmount INTO vTotal FROM Invoice WHERE InvoiceId = pInvoiceId;
    SELECT COALESCE(SUM(Amount), 0) INTO vPaid FROM Payment WHERE InvoiceId = pInvoiceId;
    SELECT COALESCE(SUM(Amount), 0) INTO vCredit FROM CreditMemo WHERE InvoiceId = pInvoiceId;
    RETURN COALESCE(vTotal, 0) - vPaid - vCredit;
END$$

CREATE PROCEDURE sp_RecalculateEstimate(IN pEstimateId INT, IN pTaxPercent DECIMAL(6, 3))
MODIFIES SQL DATA
BEGIN
    DECLARE vSubTotal DECIMAL(10, 2);
    SELECT COALESCE(SUM(LineTotal), 0) INTO vSubTotal
      FROM EstimateLine
     WHERE EstimateId = pEstimateId;
    UPDATE Estimate
       SET SubTotal = vSubTotal,
           TaxAmount = ROUND(vSubTotal * pTaxPercent / 100, 2),
           TotalAmount = vSubTotal + ROUND(vSubTotal * pTaxPercent / 100, 2)
     WHERE EstimateId = pEstimateId;
END$$

CREATE PROCEDURE sp_AssignLeadByZip(IN pSalesLeadId INT)
MODIFIES SQL DATA
BEGIN
    DECLARE vFranchiseId INT DEFAULT NULL;
    DECLARE CONTINUE HANDLER FOR NOT FOUND SET vFranchiseId = NULL;
    SELECT t.FranchiseId INTO vFranchiseId
      FROM SalesLead l
      JOIN TerritoryZip tz ON tz.ZipCode = l.ZipCode
      JOIN Territory t ON t.TerritoryId = tz.TerritoryId
     WHERE l.SalesLeadId = pSalesLeadId
     LIMIT 1;
    IF vFranchiseId IS NOT NULL THEN
        UPDATE SalesLead SET FranchiseId = vFranchiseId WHERE SalesLeadId = pSalesLeadId;
    END IF;
END$$

-- Walks the crews one by one; the office wants the list in the order in which crews were founded.
CREATE PROCEDURE sp_CrewWorkload(IN pFranchiseId INT, IN pFrom DATE, IN pTo DATE)
READS SQL DATA
BEGIN
    DECLARE vDone INT DEFAULT 0;
    DECLARE vCrewId INT;
    DECLARE vOrders INT;
    DECLARE cCrew CURSOR FOR SELECT CrewId FROM Crew WHERE FranchiseId = pFranchiseId ORDER BY CrewId;
    DECLARE CONTINUE HANDLER FOR NOT FOUND SET vDone = 1;

    DROP TEMPORARY TABLE IF EXISTS tmpCrewWorkload;
    CREATE TEMPORARY TABLE tmpCrewWorkload (CrewId INT NOT NULL PRIMARY KEY, Orders INT NOT NULL);
    OPEN cCrew;
    crews: LOOP
        FETCH cCrew INTO vCrewId;
        IF vDone = 1 THEN
            LEAVE crews;
        END IF;
        SELECT COUNT(*) INTO vOrders
          FROM WorkOrder
         WHERE CrewId = vCrewId AND PlannedStart BETWEEN pFrom AND pTo;
        INSERT INTO tmpCrewWorkload VALUES (vCrewId, vOrders);
    END LOOP;
    CLOSE cCrew;
    SELECT c.Name, w.Orders FROM tmpCrewWorkload w JOIN Crew c ON c.CrewId = w.CrewId;
END$$

CREATE TRIGGER tr_EstimateLine_BeforeInsert BEFORE INSERT ON EstimateLine
FOR EACH ROW
BEGIN
    SET NEW.LineTotal = ROUND(NEW.Quantity * NEW.UnitPrice, 2);
END$$

CREATE TRIGGER tr_EstimateLine_BeforeUpdate BEFORE UPDATE ON EstimateLine
FOR EACH ROW
BEGIN
    SET NEW.LineTotal = ROUND(NEW.Quantity * NEW.UnitPrice, 2);
END$$

CREATE TRIGGER tr_Payment_AfterInsert AFTER INSERT ON Payment
FOR EACH ROW
BEGIN
    IF fn_InvoiceBalance(NEW.InvoiceId) <= 0 THEN
        UPDATE Invoice SET Status = 'Paid' WHERE InvoiceId = NEW.InvoiceId AND Status = 'Open';
    END IF;
END$$

CREATE TRIGGER tr_Franchise_AfterUpdate AFTER UPDATE ON Franchise
FOR EACH ROW
BEGIN
    IF OLD.Status <> NEW.Status THEN
        INSERT INTO AuditLog (TableName, RowId, Action, OldValue, NewValue, ChangedBy)
        VALUES ('Franchise', NEW.FranchiseId, 'Update', OLD.Status, NEW.Status, CURRENT_USER());
    END IF;
END$$

DELIMITER ;

CREATE VIEW vw_OpenInvoice AS
SELECT i.InvoiceId,
       i.InvoiceNumber,
       f.Code AS FranchiseCode,
       COALESCE(c.CompanyName, fn_FullName(c.FirstName, c.LastName)) AS CustomerName,
       i.InvoicedOn,
       i.DueOn,
       i.TotalAmount,
       fn_InvoiceBalance(i.InvoiceId) AS Balance
  FROM Invoice i
  JOIN Franchise f ON f.FranchiseId = i.FranchiseId
  JOIN Customer c ON c.CustomerId = i.CustomerId
 WHERE i.Status = 'Open';
