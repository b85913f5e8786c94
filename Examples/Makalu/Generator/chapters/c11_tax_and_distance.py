"""2020: a year at a distance, and sales tax by county and city."""

from history import add, check, chapter, create, drop, droptable, fk, index, ins, mod, ren, sql

chapter("2020-03-02", "2021-01-15")

add("Appointment", "IsRemote TINYINT(1) NOT NULL DEFAULT 0; MeetingUrl VARCHAR(300) NULL", "Estimates by video since last week.")
add("WorkOrder", "IsContactless TINYINT(1) NOT NULL DEFAULT 0", "Key box, nobody at home.")
mod("Appointment", "Status ENUM ('Planned', 'Confirmed', 'Done', 'Cancelled', 'NoShow', 'Postponed') NOT NULL DEFAULT 'Planned'", "Everything in April.", name="Appointment_Postponed")
sql("Postpone_April_Appointments", "", """
    UPDATE Appointment
       SET Status = 'Postponed'
     WHERE StartsOn >= '2020-03-23' AND StartsOn < '2020-05-01'
       AND Status IN ('Planned', 'Confirmed');
    """)
create("HealthCheck", """
    EmployeeId INT NOT NULL
    CheckedOn DATE NOT NULL
    Passed TINYINT(1) NOT NULL
    """, "Temperature and three questions every morning.", "PRIMARY KEY (EmployeeId, CheckedOn)\nEmployeeId -> Employee ON DELETE CASCADE")
ins("TaskTemplate", "ServiceCategoryId, Title, SortOrder", """
    (1, 'Masks on, shoes covered', 1)
    (2, 'Masks on, shoes covered', 1)
    (3, 'Masks on, shoes covered', 1)
    (4, 'Masks on, shoes covered', 1)
    """, name="TaskTemplate_Masks")
ins("ServiceCategory", "ServiceCategoryId, Name, SortOrder", "(8, 'Disinfection', 15)", "Something to do for the crews.")
sql("Disinfection_Services", "", """
    INSERT INTO ServiceType (ServiceCategoryId, UnitOfMeasureId, Code, Name, Description) VALUES
        (8, 1, 'DIS-FLOOR', 'Floor disinfection', 'Quaternary; never bleach on marble!'),
        (8, 5, 'DIS-LOBBY', 'Lobby, high touch surfaces', NULL);

    INSERT INTO PriceListItem (PriceListId, ServiceTypeId, StoneTypeId, UnitPrice, MinimumCharge)
    SELECT 1, ServiceTypeId, NULL, IF(Code = 'DIS-FLOOR', 0.35, 180.00), 180.00
      FROM ServiceType
     WHERE Code IN ('DIS-FLOOR', 'DIS-LOBBY')
     ORDER BY ServiceTypeId;
    """, kind="reference data")
sql("Royalty_Holiday_2020", "Second quarter at half the royalty; board decision of April 2nd.", """
    CREATE TABLE RoyaltyRelief (
        RoyaltyReliefId INT           NOT NULL AUTO_INCREMENT,
        FranchiseId     INT           NULL COMMENT 'NULL: everybody',
        ValidFrom       DATE          NOT NULL,
        ValidTo         DATE          NOT NULL,
        Factor          DECIMAL(4, 3) NOT NULL,
        PRIMARY KEY (RoyaltyReliefId),
        CONSTRAINT FK_RoyaltyRelief_Franchise FOREIGN KEY (FranchiseId) REFERENCES Franchise (FranchiseId)
    ) ENGINE = InnoDB;

    INSERT INTO RoyaltyRelief (FranchiseId, ValidFrom, ValidTo, Factor) VALUES (NULL, '2020-04-01', '2020-06-30', 0.500);
    """)
check("RoyaltyRelief", "Factor", "Factor BETWEEN 0 AND 1")
sql("RoyaltyPeriod_Until_2025", "", """
    INSERT INTO RoyaltyPeriod (PeriodStart, PeriodEnd)
    WITH RECURSIVE months AS (
        SELECT CAST('2018-01-01' AS DATE) AS FirstDay
        UNION ALL
        SELECT FirstDay + INTERVAL 1 MONTH FROM months WHERE FirstDay < '2025-12-01'
    )
    SELECT FirstDay, LAST_DAY(FirstDay) FROM months ORDER BY FirstDay;
    """)
sql("RoyaltyPeriod_Close_Old", "", "UPDATE RoyaltyPeriod SET IsClosed = 1 WHERE PeriodEnd < '2020-01-01';", crlf=True)
create("TaxAuthority", """
    Id! INT
    StateId SMALLINT NOT NULL
    Level ENUM ('State', 'County', 'City', 'District') NOT NULL
    Name VARCHAR(80) NOT NULL
    """, "Tax 1: state rates are not enough any more.", "UNIQUE KEY UK_TaxAuthority (StateId, Level, Name)\nStateId -> State", name="Tax_1_Authority")
create("TaxAuthorityRate", """
    Id! INT
    TaxAuthorityId INT NOT NULL
    Percent DECIMAL(6, 3) NOT NULL
    ValidFrom DATE NOT NULL
    ValidTo DATE NULL
    """, "", "UNIQUE KEY UK_TaxAuthorityRate (TaxAuthorityId, ValidFrom)\nTaxAuthorityId -> TaxAuthority ON DELETE CASCADE", name="Tax_2_Rates")
create("TaxAuthorityZip", """
    TaxAuthorityId INT NOT NULL
    ZipCode CHAR(5) NOT NULL
    """, "Which authority is in charge of which ZIP code.", """
    PRIMARY KEY (TaxAuthorityId, ZipCode)
    TaxAuthorityId -> TaxAuthority ON DELETE CASCADE
    ZipCode -> Zip.ZipCode
    """, name="Tax_3_Zip")
sql("Tax_4_States", "The rates of the states move over.", """
    INSERT INTO TaxAuthority (StateId, Level, Name)
    SELECT DISTINCT s.StateId, 'State', s.Name
      FROM State s
      JOIN TaxRate r ON r.StateId = s.StateId
     ORDER BY s.StateId;

    INSERT INTO TaxAuthorityRate (TaxAuthorityId, Percent, ValidFrom)
    SELECT a.TaxAuthorityId, r.Percent, r.ValidFrom
      FROM TaxRate r
      JOIN TaxAuthority a ON a.StateId = r.StateId AND a.Level = 'State'
     ORDER BY a.TaxAuthorityId, r.TaxRateId;
    """)
sql("Tax_5_Franklin_County", "Pilot: Franklin County, Ohio, with the codes of the training center's territory.", """
    INSERT INTO TaxAuthority (StateId, Level, Name)
    SELECT StateId, 'County', 'Franklin' FROM State WHERE Code = 'OH' AND CountryId = 1;
    SET @franklin := LAST_INSERT_ID();

    INSERT INTO TaxAuthorityRate (TaxAuthorityId, Percent, ValidFrom) VALUES (@franklin, 1.750, '2020-01-01');

    INSERT INTO TaxAuthorityZip (TaxAuthorityId, ZipCode)
    SELECT DISTINCT @franklin, tz.ZipCode
      FROM TerritoryZip tz
      JOIN Territory t ON t.TerritoryId = tz.TerritoryId
      JOIN Franchise f ON f.FranchiseId = t.FranchiseId
     WHERE f.Code IN ('TRN', 'COL') AND tz.ZipCode LIKE '432__';
    """)
sql("Tax_6_Function", "Sum of all authorities for a ZIP code. The old function stays until the program uses the new one.", """
    DELIMITER $$

    CREATE FUNCTION fn_TaxPercentForZip(pZip CHAR(5), pOn DATE)
    RETURNS DECIMAL(6, 3)
    READS SQL DATA
    BEGIN
        DECLARE vPercent DECIMAL(6, 3);
        SELECT SUM(r.Percent) INTO vPercent
          FROM Zip z
          JOIN TaxAuthority a ON a.StateId = z.StateId
          JOIN TaxAuthorityRate r ON r.TaxAuthorityId = a.TaxAuthorityId
                                 AND r.ValidFrom <= pOn AND COALESCE(r.ValidTo, '9999-12-31') >= pOn
         WHERE z.ZipCode = pZip
           AND (a.Level = 'State'
                OR EXISTS (SELECT 1 FROM TaxAuthorityZip x
                            WHERE x.TaxAuthorityId = a.TaxAuthorityId AND x.ZipCode = z.ZipCode));
        RETURN COALESCE(vPercent, 0);
    END$$

    DELIMITER ;
    """)
create("InvoiceTax", """
    InvoiceId INT NOT NULL
    TaxAuthorityId INT NOT NULL
    TaxableAmount DECIMAL(10, 2) NOT NULL
    Percent DECIMAL(6, 3) NOT NULL
    TaxAmount DECIMAL(10, 2) NOT NULL
    """, "The tax returns want it by authority.", "PRIMARY KEY (InvoiceId, TaxAuthorityId)\nInvoiceId -> Invoice ON DELETE CASCADE\nTaxAuthorityId -> TaxAuthority", name="Tax_7_InvoiceTax")
sql("Tax_8_InvoiceTax_History", "Old invoices: all to the state.", """
    INSERT INTO InvoiceTax (InvoiceId, TaxAuthorityId, TaxableAmount, Percent, TaxAmount)
    SELECT i.InvoiceId, t.TaxAuthorityId, i.SubTotal, r.Percent, i.TaxAmount
      FROM Invoice i
      JOIN Franchise f ON f.FranchiseId = i.FranchiseId
      JOIN Address a ON a.AddressId = f.AddressId
      JOIN TaxAuthority t ON t.StateId = a.StateId AND t.Level = 'State'
      JOIN TaxAuthorityRate r ON r.TaxAuthorityId = t.TaxAuthorityId AND r.ValidFrom = '2013-01-01'
     WHERE i.TaxAmount > 0;
    """)
sql("Tax_9_Old_Function_To_New_Tables", "", """
    DROP FUNCTION fn_TaxPercent;

    DELIMITER $$
    CREATE FUNCTION fn_TaxPercent(pStateId SMALLINT, pOn DATE)
    RETURNS DECIMAL(6, 3)
    READS SQL DATA
    BEGIN
        DECLARE vPercent DECIMAL(6, 3);
        SELECT MAX(r.Percent) INTO vPercent
          FROM TaxAuthority a
          JOIN TaxAuthorityRate r ON r.TaxAuthorityId = a.TaxAuthorityId
         WHERE a.StateId = pStateId
           AND a.Level = 'State'
           AND pOn BETWEEN r.ValidFrom AND COALESCE(r.ValidTo, '9999-12-31');
        RETURN COALESCE(vPercent, 0);
    END$$
    DELIMITER ;
    """)
droptable("TaxRate", "The last reader is gone.", name="Tax_10_Drop_TaxRate")
ren("TaxAuthority", "Level", "AuthorityLevel", "The report tool again.", name="Tax_11_Rename_Level")
sql("Tax_12_Functions_After_Rename", "Both functions still read Level. Recompiling is not a thing here: drop and create.", """
    DROP FUNCTION fn_TaxPercent;
    DROP FUNCTION fn_TaxPercentForZip;

    DELIMITER $$

    CREATE FUNCTION fn_TaxPercent(pStateId SMALLINT, pOn DATE)
    RETURNS DECIMAL(6, 3)
    READS SQL DATA
    BEGIN
        DECLARE vPercent DECIMAL(6, 3);
        SELECT MAX(r.Percent) INTO vPercent
          FROM TaxAuthority a
          JOIN TaxAuthorityRate r ON r.TaxAuthorityId = a.TaxAuthorityId
         WHERE a.StateId = pStateId
           AND a.AuthorityLevel = 'State'
           AND pOn BETWEEN r.ValidFrom AND COALESCE(r.ValidTo, '9999-12-31');
        RETURN COALESCE(vPercent, 0);
    END$$

    CREATE FUNCTION fn_TaxPercentForZip(pZip CHAR(5), pOn DATE)
    RETURNS DECIMAL(6, 3)
    READS SQL DATA
    BEGIN
        DECLARE vPercent DECIMAL(6, 3);
        SELECT SUM(r.Percent) INTO vPercent
          FROM Zip z
          JOIN TaxAuthority a ON a.StateId = z.StateId
          JOIN TaxAuthorityRate r ON r.TaxAuthorityId = a.TaxAuthorityId
                                 AND pOn BETWEEN r.ValidFrom AND COALESCE(r.ValidTo, '9999-12-31')
         WHERE z.ZipCode = pZip
           AND (a.AuthorityLevel = 'State'
                OR EXISTS (SELECT 1 FROM TaxAuthorityZip x
                            WHERE x.TaxAuthorityId = a.TaxAuthorityId AND x.ZipCode = z.ZipCode));
        RETURN COALESCE(vPercent, 0);
    END$$

    DELIMITER ;
    """)
sql("Tax_Rates_2020", "New rates of three states since July.", """
    SET @from := '2020-07-01';

    UPDATE TaxAuthorityRate r
      JOIN TaxAuthority a ON a.TaxAuthorityId = r.TaxAuthorityId
      JOIN State s ON s.StateId = a.StateId
       SET r.ValidTo = DATE_SUB(@from, INTERVAL 1 DAY)
     WHERE s.Code IN ('CA', 'OH', 'GA') AND a.AuthorityLevel = 'State' AND r.ValidTo IS NULL;

    INSERT INTO TaxAuthorityRate (TaxAuthorityId, Percent, ValidFrom)
    SELECT a.TaxAuthorityId, CASE s.Code WHEN 'CA' THEN 7.250 WHEN 'OH' THEN 5.750 ELSE 4.000 END, @from
      FROM TaxAuthority a
      JOIN State s ON s.StateId = a.StateId
     WHERE s.Code IN ('CA', 'OH', 'GA') AND a.AuthorityLevel = 'State'
     ORDER BY a.TaxAuthorityId;
    """)
add("TaxExemption", "TaxAuthorityId INT NULL; DocumentFile VARCHAR(200) NULL")
fk("TaxExemption", "TaxAuthorityId", "TaxAuthority")
index("TaxExemption", "ValidTo")
create("PaymentPlan", """
    Id! INT
    InvoiceId INT NOT NULL
    Installments TINYINT NOT NULL
    FirstDueOn DATE NOT NULL
    AgreedOn DATE NOT NULL
    """, "Hotels pay in pieces this year.", "UNIQUE KEY UK_PaymentPlan_Invoice (InvoiceId)\nInvoiceId -> Invoice")
create("PaymentPlanInstallment", """
    PaymentPlanId INT NOT NULL
    Number TINYINT NOT NULL
    DueOn DATE NOT NULL
    Amount DECIMAL(10, 2) NOT NULL
    PaidOn DATE NULL
    """, "", "PRIMARY KEY (PaymentPlanId, Number)\nPaymentPlanId -> PaymentPlan ON DELETE CASCADE")
check("PaymentPlan", "Installments", "Installments BETWEEN 2 AND 24")
sql("Procedure_Payment_Plan", "The last installment takes the cents that are left.", """
    DELIMITER $$

    CREATE PROCEDURE sp_CreatePaymentPlan(IN pInvoiceId INT, IN pInstallments TINYINT, IN pFirst DATE)
    MODIFIES SQL DATA
    BEGIN
        DECLARE vBalance, vPart DECIMAL(10, 2);
        DECLARE vPlanId INT;
        DECLARE n TINYINT DEFAULT 1;

        SET vBalance = fn_InvoiceBalance(pInvoiceId);
        IF vBalance <= 0 THEN
            SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'Nothing is owed on this invoice';
        END IF;
        INSERT INTO PaymentPlan (InvoiceId, Installments, FirstDueOn, AgreedOn)
        VALUES (pInvoiceId, pInstallments, pFirst, CURRENT_DATE());
        SET vPlanId = LAST_INSERT_ID();
        SET vPart = TRUNCATE(vBalance / pInstallments, 2);
        WHILE n <= pInstallments DO
            INSERT INTO PaymentPlanInstallment (PaymentPlanId, Number, DueOn, Amount)
            VALUES (vPlanId, n, pFirst + INTERVAL n - 1 MONTH,
                    IF(n = pInstallments, vBalance - vPart * (pInstallments - 1), vPart));
            SET n = n + 1;
        END WHILE;
    END$$

    DELIMITER ;
    """)
sql("LateFee_Suspended_2020", "No late fees until further notice.", "UPDATE Setting SET SettingValue = '0' WHERE SettingName = 'latefee.enabled';")
drop("WorkOrder", "IsContactless", "Not used since October; a tag does it.")
sql("HealthCheck_Keep_30_Days", "", "INSERT INTO RetentionRule (TableName, KeepMonths, DateColumn) VALUES ('HealthCheck', 1, 'CheckedOn');", kind="reference data")
add("FranchiseAgreement", "ReliefAmount DECIMAL(10, 2) NULL", "Sum of what was let off; the auditors ask.")
index("PaymentPlanInstallment", "DueOn")
