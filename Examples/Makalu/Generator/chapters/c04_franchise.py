"""2015 and 2016: the franchise itself. Royalties, territories, documents."""

from history import add, check, chapter, create, drop, fk, index, ins, mod, ren, sql

chapter("2015-09-01", "2016-05-27")

add("Franchise", "LegalName VARCHAR(120) NULL; TaxNumber VARCHAR(20) NULL", "Contracts need the legal name.", after="Name")
add("Franchise", "TimeZone VARCHAR(40) NOT NULL DEFAULT 'America/New_York'", "Reminders for Seattle went out at five in the morning.")
sql("Franchise_TimeZones", "", """
    UPDATE Franchise
       SET TimeZone = CASE StateCode
                          WHEN 'TX' THEN 'America/Chicago'
                          WHEN 'IL' THEN 'America/Chicago'
                          WHEN 'CO' THEN 'America/Denver'
                          WHEN 'AZ' THEN 'America/Phoenix'
                          WHEN 'WA' THEN 'America/Los_Angeles'
                          WHEN 'CA' THEN 'America/Los_Angeles'
                          ELSE 'America/New_York'
                      END;
    """)
mod("Franchise", "Status ENUM ('Prospect', 'Signed', 'InTraining', 'Open', 'Suspended', 'Closed') NOT NULL DEFAULT 'Prospect'", "Between signing and opening there are six weeks of school.", name="Franchise_Status_Training_And_Suspended")
add("FranchiseAgreement", "RenewalOfId INT NULL; TerminatedOn DATE NULL; TerminationReason VARCHAR(200) NULL")
fk("FranchiseAgreement", "RenewalOfId", "FranchiseAgreement", "A renewal points to the contract before it.", parent_column="FranchiseAgreementId")
check("FranchiseAgreement", "Royalty", "RoyaltyPercent BETWEEN 0 AND 15")
create("RoyaltyPeriod", """
    Id! INT
    PeriodStart DATE NOT NULL
    PeriodEnd DATE NOT NULL
    IsClosed TINYINT(1) NOT NULL DEFAULT 0
    """, "Royalties are settled by calendar month.", "UNIQUE KEY UK_RoyaltyPeriod_Start (PeriodStart)")
sql("RoyaltyPeriod_Until_2017", "A recursive query beats typing sixty lines.", """
    INSERT INTO RoyaltyPeriod (PeriodStart, PeriodEnd, IsClosed)
    WITH RECURSIVE months AS (
        SELECT CAST('2013-01-01' AS DATE) AS FirstDay
        UNION ALL
        SELECT FirstDay + INTERVAL 1 MONTH FROM months WHERE FirstDay < '2017-12-01'
    )
    SELECT FirstDay, LAST_DAY(FirstDay), FirstDay < '2015-09-01' FROM months ORDER BY FirstDay;
    """)
create("RoyaltyStatement", """
    Id! INT
    FranchiseId INT NOT NULL
    RoyaltyPeriodId INT NOT NULL
    GrossSales DECIMAL(12, 2) NOT NULL
    RoyaltyAmount DECIMAL(10, 2) NOT NULL
    MarketingAmount DECIMAL(10, 2) NOT NULL DEFAULT 0
    CreatedOn DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP
    PaidOn DATE NULL
    """, "", """
    UNIQUE KEY UK_RoyaltyStatement (FranchiseId, RoyaltyPeriodId)
    FranchiseId -> Franchise
    RoyaltyPeriodId -> RoyaltyPeriod
    """)
create("RoyaltyStatementLine", """
    Id! INT
    RoyaltyStatementId INT NOT NULL
    InvoiceId INT NOT NULL
    Amount DECIMAL(10, 2) NOT NULL
    """, "Owners want to see which invoices went in.", "RoyaltyStatementId -> RoyaltyStatement ON DELETE CASCADE\nInvoiceId -> Invoice")
sql("Procedure_Royalty_Statements", "Sales count when the invoice is written, not when it is paid (see contract, 7.2).", """
    DELIMITER $$

    CREATE PROCEDURE sp_CreateRoyaltyStatements(IN pRoyaltyPeriodId INT)
    MODIFIES SQL DATA
    BEGIN
        DECLARE vFrom, vTo DATE;
        DECLARE vClosed TINYINT;

        SELECT PeriodStart, PeriodEnd, IsClosed INTO vFrom, vTo, vClosed
          FROM RoyaltyPeriod
         WHERE RoyaltyPeriodId = pRoyaltyPeriodId;
        IF vClosed = 1 THEN
            SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'The period is closed';
        END IF;

        DELETE FROM RoyaltyStatement WHERE RoyaltyPeriodId = pRoyaltyPeriodId;

        INSERT INTO RoyaltyStatement (FranchiseId, RoyaltyPeriodId, GrossSales, RoyaltyAmount, MarketingAmount)
        SELECT i.FranchiseId,
               pRoyaltyPeriodId,
               SUM(i.SubTotal),
               ROUND(SUM(i.SubTotal) * MAX(a.RoyaltyPercent) / 100, 2),
               ROUND(SUM(i.SubTotal) * 0.02, 2)
          FROM Invoice i
          JOIN FranchiseAgreement a ON a.FranchiseId = i.FranchiseId
                                   AND vFrom BETWEEN a.ValidFrom AND COALESCE(a.ValidTo, '9999-12-31')
         WHERE i.InvoicedOn BETWEEN vFrom AND vTo
           AND i.Status IN ('Open', 'Paid')
         GROUP BY i.FranchiseId
         ORDER BY i.FranchiseId;

        INSERT INTO RoyaltyStatementLine (RoyaltyStatementId, InvoiceId, Amount)
        SELECT s.RoyaltyStatementId, i.InvoiceId, i.SubTotal
          FROM RoyaltyStatement s
          JOIN Invoice i ON i.FranchiseId = s.FranchiseId AND i.InvoicedOn BETWEEN vFrom AND vTo
         WHERE s.RoyaltyPeriodId = pRoyaltyPeriodId AND i.Status IN ('Open', 'Paid')
         ORDER BY s.RoyaltyStatementId, i.InvoiceId;
    END$$

    DELIMITER ;
    """)
index("Invoice", "FranchiseId, InvoicedOn", "The statements of one month took a minute.")
ins("FranchiseFeeType", "FranchiseFeeTypeId, Name, IsRecurring", "(5, 'Renewal', 0)\n(6, 'Transfer', 0)\n(7, 'Late report', 0)")
add("FranchiseFee", "RoyaltyStatementId INT NULL; Note VARCHAR(200) NULL")
fk("FranchiseFee", "RoyaltyStatementId", "RoyaltyStatement")
sql("Initial_Fees_From_Agreements", "The initial fees were only in the contracts; the books want them as fees.", """
    INSERT INTO FranchiseFee (FranchiseId, FranchiseFeeTypeId, Amount, DueOn, PaidOn)
    SELECT FranchiseId, 1, InitialFee, SignedOn, SignedOn
      FROM FranchiseAgreement
     WHERE RenewalOfId IS NULL
     ORDER BY FranchiseAgreementId;
    """)
create("MinimumRoyalty", """
    Id! INT
    FranchiseId INT NOT NULL
    MonthlyAmount DECIMAL(10, 2) NOT NULL
    ValidFrom DATE NOT NULL
    """, "New contracts: 500 a month at least, from the second year.", "FranchiseId -> Franchise")
sql("MinimumRoyalty_Current_Franchises", "", """
    INSERT INTO MinimumRoyalty (FranchiseId, MonthlyAmount, ValidFrom)
    SELECT FranchiseId, 500.00, OpenedOn + INTERVAL 1 YEAR
      FROM Franchise
     WHERE Status = 'Open' AND Code <> 'TRN'
     ORDER BY FranchiseId;
    """)
add("Territory", "Population INT NULL; IsProtected TINYINT(1) NOT NULL DEFAULT 1", "Protected: nobody else may advertise there.")
add("TerritoryZip", "AssignedOn DATE NULL")
sql("Territory_No_Double_Zip", "A ZIP code belongs to one territory only. Tampa and Miami fought over two; the older owner keeps them.", """
    DELETE later
      FROM TerritoryZip later
      JOIN TerritoryZip first ON first.ZipCode = later.ZipCode AND first.TerritoryId < later.TerritoryId;

    ALTER TABLE TerritoryZip ADD UNIQUE INDEX UK_TerritoryZip_ZipCode (ZipCode);
    ALTER TABLE TerritoryZip DROP INDEX IX_TerritoryZip_ZipCode;
    """)
create("TerritoryRequest", """
    Id! INT
    FranchiseId INT NOT NULL
    ZipCode CHAR(5) NOT NULL
    RequestedOn DATE NOT NULL
    Decision ENUM ('Open', 'Granted', 'Refused') NOT NULL DEFAULT 'Open'
    DecidedOn DATE NULL
    """, "Owners ask for neighboring codes all the time.", "FranchiseId -> Franchise\nZipCode -> Zip.ZipCode")
sql("Procedure_Grant_Territory", "", """
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
    """)
sql("Function_Franchise_For_Zip", "Web site and phone system both ask this.", """
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
    """)
sql("Rename_Document_Table", "There will be other documents soon.", """
    RENAME TABLE Document TO FranchiseDocument;
    ALTER TABLE FranchiseDocument CHANGE COLUMN DocumentId FranchiseDocumentId INT NOT NULL AUTO_INCREMENT;
    """)
add("FranchiseDocument", "Category ENUM ('Contract', 'Insurance', 'Manual', 'Marketing', 'Other') NOT NULL DEFAULT 'Other'", after="FranchiseId")
add("FranchiseDocument", "ExpiresOn DATE NULL")
index("FranchiseDocument", "ExpiresOn", "Insurance papers run out.")
create("FranchiseInsurance", """
    Id! INT
    FranchiseId INT NOT NULL
    Carrier VARCHAR(80) NOT NULL
    PolicyNumber VARCHAR(40) NOT NULL
    Coverage DECIMAL(12, 2) NOT NULL
    ExpiresOn DATE NOT NULL
    """, "A million at least, says the contract.", "FranchiseId -> Franchise")
check("FranchiseInsurance", "Coverage", "Coverage >= 1000000")
create("FranchiseVisit", """
    Id! INT
    FranchiseId INT NOT NULL
    VisitedOn DATE NOT NULL
    VisitorUserId INT NOT NULL
    Score TINYINT NULL
    Findings TEXT NULL
    """, "Quality visits by the head office.", "FranchiseId -> Franchise\nVisitorUserId -> AppUser.AppUserId")
add("FranchiseOwner", "IsPrimary TINYINT(1) NOT NULL DEFAULT 1; BirthDate DATE NULL")
drop("FranchiseOwner", "BirthDate", "Legal: we have no reason to keep that.")
ren("FranchiseFee", "Note", "Remark")
sql("View_Franchise_Overview", "", """
    CREATE VIEW vw_FranchiseOverview AS
    SELECT f.FranchiseId,
           f.Code,
           f.Name,
           f.Status,
           f.OpenedOn,
           (SELECT COUNT(*) FROM Employee e WHERE e.FranchiseId = f.FranchiseId AND e.TerminatedOn IS NULL) AS Employees,
           (SELECT COUNT(*) FROM TerritoryZip z JOIN Territory t ON t.TerritoryId = z.TerritoryId
             WHERE t.FranchiseId = f.FranchiseId) AS ZipCodes,
           (SELECT MAX(i.InvoicedOn) FROM Invoice i WHERE i.FranchiseId = f.FranchiseId) AS LastInvoice
      FROM Franchise f;
    """)
sql("Grant_Royalty_To_Report_User", "Column rights: the report user must not see tax numbers.", """
    REVOKE makalu_reader FROM 'makalu_report'@'localhost';
    GRANT SELECT ON RoyaltyStatement TO 'makalu_report'@'localhost';
    GRANT SELECT ON RoyaltyPeriod TO 'makalu_report'@'localhost';
    GRANT SELECT (FranchiseId, Code, Name, Status, OpenedOn) ON Franchise TO 'makalu_report'@'localhost';
    """)
sql("Grant_Reader_Back", "Half of the reports broke on Monday. Views instead, one day.", "GRANT makalu_reader TO 'makalu_report'@'localhost';")
index("RoyaltyStatement", "PaidOn")
index("FranchiseFee", "DueOn, PaidOn")
