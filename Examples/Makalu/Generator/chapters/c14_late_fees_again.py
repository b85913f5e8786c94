"""2023 and the first weeks of 2024: cleaning up, and late fees done properly."""

from history import add, check, chapter, create, drop, droptable, fk, ins, mod, ren, sql

chapter("2023-05-01", "2024-01-19")

create("MaintenancePlan", """
    Id! INT
    CustomerId INT NOT NULL
    PropertyId INT NULL
    ServiceTypeId INT NOT NULL
    EveryMonths TINYINT NOT NULL
    PricePerVisit DECIMAL(10, 2) NOT NULL
    StartsOn DATE NOT NULL
    EndsOn DATE NULL
    """, "Lobbies on a plan; a third of the sales in Chicago by now.", """
    CustomerId -> Customer
    PropertyId -> Property
    ServiceTypeId -> ServiceType
    """)
add("WorkOrder", "MaintenancePlanId INT NULL")
fk("WorkOrder", "MaintenancePlanId", "MaintenancePlan", on="ON DELETE SET NULL")
check("MaintenancePlan", "EveryMonths", "EveryMonths IN (1, 2, 3, 6, 12)")
sql("Procedure_Plan_Visits", "", """
    DELIMITER $$

    CREATE PROCEDURE sp_PlanMaintenanceVisits(IN pUntil DATE)
    MODIFIES SQL DATA
    BEGIN
        INSERT INTO WorkOrder (FranchiseId, CustomerId, WorkOrderStatusId, OrderNumber, PlannedStart, PlannedEnd,
                               TotalAmount, MaintenancePlanId)
        WITH RECURSIVE visits AS (
            SELECT MaintenancePlanId, StartsOn AS VisitOn, 1 AS n FROM MaintenancePlan WHERE StartsOn <= pUntil
            UNION ALL
            SELECT v.MaintenancePlanId, p.StartsOn + INTERVAL v.n * p.EveryMonths MONTH, v.n + 1
              FROM visits v
              JOIN MaintenancePlan p ON p.MaintenancePlanId = v.MaintenancePlanId
             WHERE p.StartsOn + INTERVAL v.n * p.EveryMonths MONTH <= LEAST(pUntil, COALESCE(p.EndsOn, pUntil))
        )
        SELECT c.FranchiseId, p.CustomerId, 1, CONCAT('M-', p.MaintenancePlanId, '-', v.n), v.VisitOn, v.VisitOn,
               p.PricePerVisit, p.MaintenancePlanId
          FROM visits v
          JOIN MaintenancePlan p ON p.MaintenancePlanId = v.MaintenancePlanId
          JOIN Customer c ON c.CustomerId = p.CustomerId
          LEFT JOIN WorkOrder w ON w.MaintenancePlanId = p.MaintenancePlanId AND w.PlannedStart = v.VisitOn
         WHERE w.WorkOrderId IS NULL
         ORDER BY p.MaintenancePlanId, v.n;
    END$$

    DELIMITER ;
    """)
sql("PriceList_2023", "Ten percent on everything but travel. The old list ends in June.", """
    UPDATE PriceList SET ValidTo = '2023-06-30' WHERE PriceListId = 1 AND ValidTo IS NULL;
    INSERT INTO PriceList (FranchiseId, Name, ValidFrom) VALUES (NULL, 'Head office 2023', '2023-07-01');
    SET @list := LAST_INSERT_ID();

    INSERT INTO PriceListItem (PriceListId, ServiceTypeId, StoneTypeId, UnitPrice, MinimumCharge)
    SELECT @list,
           i.ServiceTypeId,
           i.StoneTypeId,
           ROUND(i.UnitPrice * IF(s.Code LIKE 'TRV-%', 1, 1.10), 2),
           i.MinimumCharge
      FROM PriceListItem i
      JOIN ServiceType s ON s.ServiceTypeId = i.ServiceTypeId
     WHERE i.PriceListId = 1
     ORDER BY i.PriceListItemId;
    """)
add("PriceListItem", "ValidFrom DATE NULL", "Single prices change in between.")
drop("PriceListItem", "ValidFrom", "No. A new list instead.")
sql("Drop_Unused_Lead_Tags", "", """
    DELETE t
      FROM LeadTag t
      LEFT JOIN SalesLeadTag s ON s.LeadTagId = t.LeadTagId
     WHERE s.LeadTagId IS NULL
       AND t.Name <> 'VIP';
    """)
droptable("NotificationPreference", "The consents say the same since 2019; nobody reads this table.")
sql("Setting_Key_Rename", "Dots everywhere, camel case nowhere.", """
    UPDATE Setting SET SettingName = 'estimate.valid_days' WHERE SettingName = 'estimate.validDays';
    UPDATE Setting SET SettingName = 'invoice.default_term_id' WHERE SettingName = 'invoice.defaultTermId';
    UPDATE Setting SET SettingName = 'lead.answer_hours' WHERE SettingName = 'lead.answerHours';
    UPDATE Setting SET SettingName = 'portal.session_hours' WHERE SettingName = 'portal.sessionHours';
    UPDATE Setting SET SettingName = 'deposit.from_amount' WHERE SettingName = 'deposit.fromAmount';
    """)
droptable("HealthCheck", "Over, thank God.")
sql("RetentionRule_Without_HealthCheck", "", "DELETE FROM RetentionRule WHERE TableName = 'HealthCheck';")
mod("StoneType", "Family ENUM ('Calcareous', 'Siliceous', 'Metamorphic', 'Manufactured', 'Sintered') NOT NULL", "Sintered stone everywhere these days.", name="StoneType_Family_Sintered")
sql("StoneType_Sintered_And_Terracotta", "", """
    INSERT INTO StoneType (StoneTypeId, Name, Family, MohsHardness, IsAcidSensitive) VALUES
        (13, 'Sintered stone', 'Sintered', 7.0, 0),
        (14, 'Terracotta', 'Manufactured', 3.0, 1),
        (15, 'Dolomite', 'Calcareous', 3.5, 1);
    """, kind="reference data")
mod("Address", "CityName VARCHAR(80) NULL")
sql("Remove_Double_Indexes", "IX_Invoice_FranchiseIdInvoicedOn covers lists by franchise; the one on the date alone stays for the exports. This one on leads is a prefix of another.", """
    ALTER TABLE SalesLead DROP INDEX IX_SalesLead_ReceivedOn;
    ALTER TABLE SalesLead ADD INDEX IX_SalesLead_ReceivedOn_Source (ReceivedOn, LeadSourceId);
    """, kind="index")
sql("Rename_Index_Timesheet", "", "ALTER TABLE Timesheet RENAME INDEX IX_Timesheet_Employee TO IX_Timesheet_EmployeeId;", kind="index")
sql("Invoice_Line_Check_Total", "Rounding differences of the import of 2015 first, then the constraint.", """
    UPDATE InvoiceLine
       SET LineTotal = ROUND(Quantity * UnitPrice, 2)
     WHERE LineTotal <> ROUND(Quantity * UnitPrice, 2);
    ALTER TABLE InvoiceLine
        ADD CONSTRAINT CK_InvoiceLine_Total CHECK (LineTotal = ROUND(Quantity * UnitPrice, 2));
    """, kind="check")
sql("EstimateLine_Discount_Up_To_100", "Goodwill lines have to be free.", """
    ALTER TABLE EstimateLine DROP CONSTRAINT CK_EstimateLine_Discount;
    ALTER TABLE EstimateLine ADD CONSTRAINT CK_EstimateLine_Discount CHECK (DiscountPercent BETWEEN 0 AND 100);
    """, kind="check")
sql("Customer_Defaults", "", """
    ALTER TABLE Customer ALTER COLUMN Language SET DEFAULT 'en';
    ALTER TABLE Customer ALTER COLUMN CustomerTypeId SET DEFAULT 1;
    """, kind="alter")
add("Employee", "PreferredLanguage CHAR(2) NOT NULL DEFAULT 'en'")
ren("Employee", "PreferredLanguage", "Language", "As in the other tables.")
sql("Grant_Jobs_Only_What_They_Need", "The job account could write everything. It runs procedures; nothing else.", """
    REVOKE makalu_writer FROM 'makalu_jobs'@'localhost';
    GRANT EXECUTE ON PROCEDURE sp_ChargeLateFees TO 'makalu_jobs'@'localhost';
    GRANT EXECUTE ON PROCEDURE sp_ComputeKpi TO 'makalu_jobs'@'localhost';
    GRANT EXECUTE ON PROCEDURE sp_ApplyRetention TO 'makalu_jobs'@'localhost';
    """, kind="grant")
ins("Holiday", "HolidayDate, Name, IsOfficeClosed", """
    ('2024-01-01', 'New Year''s Day', 1)
    ('2024-05-27', 'Memorial Day', 1)
    ('2024-06-19', 'Juneteenth', 1)
    ('2024-07-04', 'Independence Day', 1)
    ('2024-09-02', 'Labor Day', 1)
    ('2024-11-28', 'Thanksgiving', 1)
    ('2024-12-25', 'Christmas Day', 1)
    """, name="Holidays_2024")
sql("View_Customer_Balance_Faster", "One sub-select per customer instead of one function call per invoice.", """
    CREATE OR REPLACE VIEW vw_CustomerBalance AS
    WITH paid AS (
        SELECT InvoiceId, SUM(Amount) AS Amount FROM Payment GROUP BY InvoiceId
    ), credited AS (
        SELECT InvoiceId, SUM(Amount) AS Amount FROM CreditMemo GROUP BY InvoiceId
    ), charged AS (
        SELECT InvoiceId, SUM(Amount) AS Amount FROM LateFee WHERE WaivedOn IS NULL GROUP BY InvoiceId
    )
    SELECT c.CustomerId,
           c.FranchiseId,
           COALESCE(c.CompanyName, fn_FullName(c.FirstName, c.LastName)) AS CustomerName,
           COUNT(i.InvoiceId) AS Invoices,
           COALESCE(SUM(i.TotalAmount), 0) AS Invoiced,
           COALESCE(SUM(i.TotalAmount + COALESCE(l.Amount, 0) - COALESCE(p.Amount, 0) - COALESCE(r.Amount, 0)), 0) AS Balance
      FROM Customer c
      LEFT JOIN Invoice i ON i.CustomerId = c.CustomerId AND i.Status NOT IN ('Void', 'Draft')
      LEFT JOIN paid p ON p.InvoiceId = i.InvoiceId
      LEFT JOIN credited r ON r.InvoiceId = i.InvoiceId
      LEFT JOIN charged l ON l.InvoiceId = i.InvoiceId
     GROUP BY c.CustomerId, c.FranchiseId, c.CompanyName, c.FirstName, c.LastName;
    """)
create("LateFeeRun", """
    Id! INT
    RanFor DATE NOT NULL
    StartedOn DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP
    FinishedOn DATETIME NULL
    Charged INT NULL
    Amount DECIMAL(12, 2) NULL
    """, "Late fees come back in 2024. First: know what a night did.", "UNIQUE KEY UK_LateFeeRun_RanFor (RanFor)", name="LateFee_Run_Log")
sql("LateFeeRule_Percent", "A flat amount is too much for a small invoice and a joke for a hotel. Percent a month, with a floor and a cap.", """
    ALTER TABLE LateFeeRule
        ADD COLUMN MonthlyPercent DECIMAL(5, 3) NOT NULL DEFAULT 0,
        ADD COLUMN MinimumAmount DECIMAL(10, 2) NOT NULL DEFAULT 0,
        ADD COLUMN MaximumAmount DECIMAL(10, 2) NULL,
        ADD COLUMN ValidTo DATE NULL;
    """, kind="add column")
sql("LateFeeRule_2024", "", """
    UPDATE LateFeeRule SET ValidTo = '2023-12-31' WHERE ValidTo IS NULL;
    INSERT INTO LateFeeRule (FranchiseId, GraceDays, FlatAmount, ValidFrom, MonthlyPercent, MinimumAmount, MaximumAmount)
    VALUES (NULL, 15, 0.00, '2024-01-01', 1.500, 5.00, 500.00);
    """)
sql("LateFeeRule_State_Limits", "Some states allow less than 1.5 percent.", """
    CREATE TABLE LateFeeStateLimit (
        StateId        SMALLINT      NOT NULL,
        MonthlyPercent DECIMAL(5, 3) NOT NULL,
        PRIMARY KEY (StateId),
        CONSTRAINT FK_LateFeeStateLimit_State FOREIGN KEY (StateId) REFERENCES State (StateId)
    ) ENGINE = InnoDB;

    INSERT INTO LateFeeStateLimit (StateId, MonthlyPercent)
    SELECT StateId, CASE Code WHEN 'CA' THEN 0.833 WHEN 'CO' THEN 1.000 WHEN 'WA' THEN 1.000 END
      FROM State
     WHERE CountryId = 1 AND Code IN ('CA', 'CO', 'WA');
    """)
add("LateFee", "LateFeeRuleId INT NULL; LateFeeRunId INT NULL; DaysLate SMALLINT NULL", after="InvoiceId", why="A fee should tell where it came from.")
fk("LateFee", "LateFeeRuleId", "LateFeeRule")
fk("LateFee", "LateFeeRunId", "LateFeeRun")
sql("LateFee_Rule_Of_Old_Fees", "All of them came from the first rule.", """
    UPDATE LateFee f
      JOIN Invoice i ON i.InvoiceId = f.InvoiceId
       SET f.LateFeeRuleId = 1,
           f.DaysLate = DATEDIFF(f.ChargedOn, i.DueOn)
     WHERE f.LateFeeRuleId IS NULL;
    """)
check("LateFee", "Amount", "Amount > 0")
sql("LateFee_Function", "The calculation in one place.", """
    DELIMITER $$

    CREATE FUNCTION fn_LateFee(pBalance DECIMAL(10, 2), pDaysLate INT, pPercent DECIMAL(5, 3),
                               pMinimum DECIMAL(10, 2), pMaximum DECIMAL(10, 2))
    RETURNS DECIMAL(10, 2)
    DETERMINISTIC
    NO SQL
    BEGIN
        DECLARE vFee DECIMAL(12, 4);
        IF pDaysLate <= 0 OR pBalance <= 0 THEN
            RETURN 0;
        END IF;
        SET vFee = pBalance * pPercent / 100 * pDaysLate / 30;
        RETURN LEAST(GREATEST(ROUND(vFee, 2), pMinimum), COALESCE(pMaximum, 99999999.99));
    END$$

    DELIMITER ;
    """)
sql("LateFee_Enabled_Again", "From January 2024; the mails went out in November.", """
    UPDATE Setting SET SettingValue = '1', Description = 'Late fees by the rules of 2024' WHERE SettingName = 'latefee.enabled';
    INSERT INTO Setting (SettingName, SettingValue, Description) VALUES
        ('latefee.notice_days', '5', 'Days between the notice and the fee');
    """)
sql("MessageTemplate_Late_Fee_Notice", "", r"""
    INSERT INTO MessageTemplate (MessageTemplateId, Code, Language, Subject, Body, SmsText) VALUES
        (9, 'latefee.notice', 'en', 'Invoice {{number}}: a late fee comes up',
         'Dear {{name}},\n\nin {{days}} days a fee of {{fee}} will be added to invoice {{number}}.\nIf your payment is on its way: thank you, and never mind.',
         'Makalu: invoice {{number}} is overdue; a fee of {{fee}} comes up in {{days}} days.'),
        (109, 'latefee.notice', 'es', 'Factura {{number}}: próximo recargo por mora',
         'Estimado/a {{name}}:\n\nen {{days}} días se añadirá un recargo de {{fee}} a la factura {{number}}.',
         'Makalu: la factura {{number}} está vencida; recargo de {{fee}} en {{days}} días.');
    """, kind="reference data")
sql("Update_LateFee_Calculation", "By the rules of 2024: percent of the balance, limited by state, one fee per month and invoice. The balance that counts is without earlier fees; no interest on interest.", """
    DROP PROCEDURE IF EXISTS sp_ChargeLateFees;

    DELIMITER $$

    CREATE PROCEDURE sp_ChargeLateFees(IN pToday DATE)
    MODIFIES SQL DATA
    BEGIN
        DECLARE vRunId INT;
        DECLARE vEnabled VARCHAR(500) DEFAULT '0';
        DECLARE EXIT HANDLER FOR SQLEXCEPTION
        BEGIN
            ROLLBACK;
            RESIGNAL;
        END;

        SELECT SettingValue INTO vEnabled FROM Setting WHERE SettingName = 'latefee.enabled';
        IF vEnabled = '1' THEN
            START TRANSACTION;
            INSERT INTO LateFeeRun (RanFor) VALUES (pToday);
            SET vRunId = LAST_INSERT_ID();

            INSERT INTO LateFee (InvoiceId, LateFeeRuleId, LateFeeRunId, DaysLate, Amount, ChargedOn)
            SELECT b.InvoiceId, b.LateFeeRuleId, vRunId, b.DaysLate,
                   fn_LateFee(b.Balance, b.DaysLate, b.MonthlyPercent, b.MinimumAmount, b.MaximumAmount), pToday
              FROM (SELECT i.InvoiceId,
                           r.LateFeeRuleId,
                           DATEDIFF(pToday, i.DueOn) - r.GraceDays AS DaysLate,
                           i.TotalAmount
                             - (SELECT COALESCE(SUM(p.Amount), 0) FROM Payment p WHERE p.InvoiceId = i.InvoiceId)
                             - (SELECT COALESCE(SUM(m.Amount), 0) FROM CreditMemo m WHERE m.InvoiceId = i.InvoiceId)
                             AS Balance,
                           LEAST(r.MonthlyPercent, COALESCE(s.MonthlyPercent, r.MonthlyPercent)) AS MonthlyPercent,
                           r.MinimumAmount,
                           r.MaximumAmount
                      FROM Invoice i
                      JOIN Franchise f ON f.FranchiseId = i.FranchiseId
                      LEFT JOIN Address a ON a.AddressId = f.AddressId
                      LEFT JOIN LateFeeStateLimit s ON s.StateId = a.StateId
                      JOIN LateFeeRule r ON r.FranchiseId IS NULL
                                        AND pToday BETWEEN r.ValidFrom AND COALESCE(r.ValidTo, '9999-12-31')
                     WHERE i.Status = 'Open'
                       AND i.DueOn + INTERVAL r.GraceDays DAY < pToday
                       AND NOT EXISTS (SELECT 1
                                         FROM LateFee x
                                        WHERE x.InvoiceId = i.InvoiceId
                                          AND x.ChargedOn > pToday - INTERVAL 1 MONTH)) b
             WHERE b.Balance > 0
             ORDER BY b.InvoiceId, b.LateFeeRuleId;

            UPDATE LateFeeRun
               SET FinishedOn = CURRENT_TIMESTAMP,
                   Charged = (SELECT COUNT(*) FROM LateFee WHERE LateFeeRunId = vRunId),
                   Amount = (SELECT COALESCE(SUM(Amount), 0) FROM LateFee WHERE LateFeeRunId = vRunId)
             WHERE LateFeeRunId = vRunId;
            COMMIT;
        END IF;
    END$$

    DELIMITER ;

    -- Same rights as before: DROP took them away.
    GRANT EXECUTE ON PROCEDURE sp_ChargeLateFees TO 'makalu_jobs'@'localhost';
    """, kind="routine")
