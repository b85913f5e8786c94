DELIMITER $$

CREATE PROCEDURE sp_ComputeKpi(IN pMonth DATE)
MODIFIES SQL DATA
BEGIN
    DECLARE vFrom DATE DEFAULT DATE_FORMAT(pMonth, '%Y-%m-01');
    DECLARE vTo DATE DEFAULT LAST_DAY(pMonth);

    DELETE FROM KpiValue WHERE PeriodStart = vFrom;

    INSERT INTO KpiValue (FranchiseId, KpiDefinitionId, PeriodStart, KpiValue)
    SELECT FranchiseId, 1, vFrom, COUNT(*)
      FROM SalesLead
     WHERE FranchiseId IS NOT NULL AND ReceivedOn >= vFrom AND ReceivedOn < vTo + INTERVAL 1 DAY
     GROUP BY FranchiseId;

    INSERT INTO KpiValue (FranchiseId, KpiDefinitionId, PeriodStart, KpiValue)
    SELECT FranchiseId, 2, vFrom, 100.0 * SUM(Status = 'Accepted') / COUNT(*)
      FROM Estimate
     WHERE EstimatedOn BETWEEN vFrom AND vTo AND Status <> 'Draft'
     GROUP BY FranchiseId;

    INSERT INTO KpiValue (FranchiseId, KpiDefinitionId, PeriodStart, KpiValue)
    SELECT FranchiseId, 3, vFrom, AVG(SubTotal)
      FROM Invoice
     WHERE InvoicedOn BETWEEN vFrom AND vTo AND Status IN ('Open', 'Paid')
     GROUP BY FranchiseId;
END$$

DELIMITER ;
