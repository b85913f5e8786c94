"""2021: numbers for the head office."""

from history import add, chapter, create, index, ins, mod, ren, sql

chapter("2021-01-18", "2022-01-28")

create("ReportDefinition", """
    Id! INT
    Code VARCHAR(40) NOT NULL
    Title VARCHAR(120) NOT NULL
    ViewName VARCHAR(64) NOT NULL
    Parameters JSON NULL
    IsActive TINYINT(1) NOT NULL DEFAULT 1
    """, "Reports become rows, so that adding one is not a release.", "UNIQUE KEY UK_ReportDefinition_Code (Code)")
create("ReportSchedule", """
    Id! INT
    ReportDefinitionId INT NOT NULL
    AppUserId INT NOT NULL
    EveryDays SMALLINT NOT NULL
    NextRunOn DATE NOT NULL
    """, "", "ReportDefinitionId -> ReportDefinition ON DELETE CASCADE\nAppUserId -> AppUser ON DELETE CASCADE")
sql("View_Monthly_Sales", "", """
    CREATE VIEW vw_MonthlySales AS
    SELECT i.FranchiseId,
           f.Code AS FranchiseCode,
           DATE_FORMAT(i.InvoicedOn, '%Y-%m') AS SalesMonth,
           COUNT(*) AS Invoices,
           SUM(i.SubTotal) AS Sales,
           SUM(i.TaxAmount) AS Tax
      FROM Invoice i
      JOIN Franchise f ON f.FranchiseId = i.FranchiseId
     WHERE i.Status IN ('Open', 'Paid')
     GROUP BY i.FranchiseId, f.Code, DATE_FORMAT(i.InvoicedOn, '%Y-%m');
    """)
sql("View_Monthly_Sales_Compared", "With the month before; window functions at last.", """
    CREATE VIEW vw_MonthlySalesCompared AS
    SELECT s.FranchiseId,
           s.FranchiseCode,
           s.SalesMonth,
           s.Sales,
           LAG(s.Sales) OVER (PARTITION BY s.FranchiseId ORDER BY s.SalesMonth) AS SalesBefore,
           SUM(s.Sales) OVER (PARTITION BY s.FranchiseId ORDER BY s.SalesMonth) AS SalesToDate
      FROM vw_MonthlySales s;
    """)
sql("View_Receivables_Aging", "", """
    CREATE VIEW vw_ReceivablesAging AS
    SELECT o.FranchiseCode,
           SUM(CASE WHEN DATEDIFF(CURRENT_DATE(), o.DueOn) <= 0 THEN o.Balance ELSE 0 END) AS NotDue,
           SUM(CASE WHEN DATEDIFF(CURRENT_DATE(), o.DueOn) BETWEEN 1 AND 30 THEN o.Balance ELSE 0 END) AS Days30,
           SUM(CASE WHEN DATEDIFF(CURRENT_DATE(), o.DueOn) BETWEEN 31 AND 60 THEN o.Balance ELSE 0 END) AS Days60,
           SUM(CASE WHEN DATEDIFF(CURRENT_DATE(), o.DueOn) > 60 THEN o.Balance ELSE 0 END) AS Older
      FROM vw_OpenInvoice o
     GROUP BY o.FranchiseCode;
    """)
sql("View_Job_Costing", "Hours times the rate of the day, plus material.", """
    CREATE VIEW vw_JobCost AS
    SELECT w.WorkOrderId,
           w.FranchiseId,
           w.OrderNumber,
           w.TotalAmount,
           (SELECT COALESCE(SUM(t.Hours * (SELECT r.HourlyRate
                                             FROM EmployeeRate r
                                            WHERE r.EmployeeId = t.EmployeeId AND r.ValidFrom <= t.WorkDate
                                            ORDER BY r.ValidFrom DESC
                                            LIMIT 1)), 0)
              FROM Timesheet t
             WHERE t.WorkOrderId = w.WorkOrderId) AS LaborCost,
           (SELECT COALESCE(SUM(-m.Quantity * p.UnitCost), 0)
              FROM StockMovement m
              JOIN Product p ON p.ProductId = m.ProductId
             WHERE m.WorkOrderId = w.WorkOrderId AND m.Reason = 'Usage') AS MaterialCost
      FROM WorkOrder w;
    """)
ins("ReportDefinition", "Code, Title, ViewName", """
    ('sales.month', 'Sales by month', 'vw_MonthlySales')
    ('sales.compare', 'Sales compared', 'vw_MonthlySalesCompared')
    ('money.aging', 'Receivables by age', 'vw_ReceivablesAging')
    ('job.cost', 'Job costing', 'vw_JobCost')
    ('lead.funnel', 'Lead funnel', 'vw_LeadFunnel')
    ('quality', 'Quality by franchise', 'vw_QualityByFranchise')
    """, name="ReportDefinition_First_Six")
create("KpiDefinition", """
    KpiDefinitionId SMALLINT NOT NULL
    Code VARCHAR(30) NOT NULL
    Name VARCHAR(80) NOT NULL
    Direction ENUM ('Up', 'Down') NOT NULL DEFAULT 'Up'
    """, "", "PRIMARY KEY (KpiDefinitionId)\nUNIQUE KEY UK_KpiDefinition_Code (Code)")
ins("KpiDefinition", "KpiDefinitionId, Code, Name, Direction", """
    (1, 'leads', 'New leads', 'Up')
    (2, 'closing', 'Closing rate, percent', 'Up')
    (3, 'ticket', 'Average job', 'Up')
    (4, 'rework', 'Rework, percent of jobs', 'Down')
    (5, 'dso', 'Days until paid', 'Down')
    (6, 'nps', 'Net promoter score', 'Up')
    """)
create("KpiValue", """
    FranchiseId INT NOT NULL
    KpiDefinitionId SMALLINT NOT NULL
    PeriodStart DATE NOT NULL
    KpiValue DECIMAL(14, 4) NULL
    """, "", "PRIMARY KEY (FranchiseId, KpiDefinitionId, PeriodStart)\nFranchiseId -> Franchise ON DELETE CASCADE\nKpiDefinitionId -> KpiDefinition")
create("KpiTarget", """
    Id! INT
    FranchiseId INT NULL
    KpiDefinitionId SMALLINT NOT NULL
    TargetYear SMALLINT NOT NULL
    TargetValue DECIMAL(14, 4) NOT NULL
    """, "", "UNIQUE KEY UK_KpiTarget (FranchiseId, KpiDefinitionId, TargetYear)\nFranchiseId -> Franchise ON DELETE CASCADE\nKpiDefinitionId -> KpiDefinition")
sql("Procedure_Compute_Kpi", "", """
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
    """)
sql("Compute_Kpi_Of_The_First_Quarter", "The books of the training center, for the demo. This script calls a procedure.", """
    CALL sp_ComputeKpi('2012-10-01');
    CALL sp_ComputeKpi('2012-11-01');
    CALL sp_ComputeKpi('2012-12-01');
    """, kind="data migration")
index("KpiValue", "PeriodStart, KpiDefinitionId")
index("Estimate", "EstimatedOn, Status", "For the closing rate.")
index("WorkOrder", "CompletedOn")
create("SalesDaily", """
    FranchiseId INT NOT NULL
    SalesDate DATE NOT NULL
    Invoices INT NOT NULL
    Sales DECIMAL(12, 2) NOT NULL
    """, "Small cube; the views are too slow for ten years of data.", "PRIMARY KEY (FranchiseId, SalesDate)")
sql("SalesDaily_Fill", "", """
    INSERT INTO SalesDaily (FranchiseId, SalesDate, Invoices, Sales)
    SELECT FranchiseId, InvoicedOn, COUNT(*), SUM(SubTotal)
      FROM Invoice
     WHERE Status IN ('Open', 'Paid')
     GROUP BY FranchiseId, InvoicedOn;
    """)
sql("SalesDaily_Partitions", "By year; no foreign keys are allowed on a partitioned table, which is why it never had any.", """
    ALTER TABLE SalesDaily
        PARTITION BY RANGE (YEAR(SalesDate)) (
            PARTITION p2015 VALUES LESS THAN (2016),
            PARTITION p2018 VALUES LESS THAN (2019),
            PARTITION p2020 VALUES LESS THAN (2021),
            PARTITION p2021 VALUES LESS THAN (2022),
            PARTITION pLater VALUES LESS THAN MAXVALUE
        );
    """, kind="alter")
sql("Trigger_SalesDaily", "Keeps the cube true when an invoice leaves the draft.", """
    DELIMITER $$
    CREATE TRIGGER tr_Invoice_AfterUpdate AFTER UPDATE ON Invoice
    FOR EACH ROW
    BEGIN
        IF OLD.Status = 'Draft' AND NEW.Status = 'Open' THEN
            INSERT INTO SalesDaily (FranchiseId, SalesDate, Invoices, Sales)
            VALUES (NEW.FranchiseId, NEW.InvoicedOn, 1, NEW.SubTotal)
            ON DUPLICATE KEY UPDATE Invoices = Invoices + 1, Sales = Sales + NEW.SubTotal;
        ELSEIF OLD.Status = 'Open' AND NEW.Status = 'Void' THEN
            UPDATE SalesDaily
               SET Invoices = Invoices - 1, Sales = Sales - NEW.SubTotal
             WHERE FranchiseId = NEW.FranchiseId AND SalesDate = NEW.InvoicedOn;
        END IF;
    END$$
    DELIMITER ;
    """)
add("ReportSchedule", "LastRunOn DATETIME NULL; Format ENUM ('pdf', 'xlsx', 'csv') NOT NULL DEFAULT 'pdf'")
create("ReportRun", """
    Id! BIGINT
    ReportDefinitionId INT NOT NULL
    AppUserId INT NULL
    StartedOn DATETIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3)
    DurationMs INT NULL
    RowsReturned INT NULL
    """, "Which reports does anybody read?", "ReportDefinitionId -> ReportDefinition ON DELETE CASCADE\nAppUserId -> AppUser ON DELETE SET NULL")
index("ReportRun", "StartedOn")
sql("Report_User_Only_Views", "The report user gets the role back that it should have had from the start.", """
    GRANT SELECT ON ReportDefinition TO 'makalu_report'@'localhost';
    GRANT SELECT, INSERT ON ReportRun TO 'makalu_report'@'localhost';
    GRANT SELECT ON KpiValue TO 'makalu_report'@'localhost';
    REVOKE SELECT ON RoyaltyStatement FROM 'makalu_report'@'localhost';
    """, kind="grant")
create("DashboardWidget", """
    Id! INT
    AppUserId INT NOT NULL
    KpiDefinitionId SMALLINT NOT NULL
    Position SMALLINT NOT NULL DEFAULT 0
    Options JSON NULL
    """, "", "AppUserId -> AppUser ON DELETE CASCADE\nKpiDefinitionId -> KpiDefinition")
sql("DashboardWidget_Default", "Three numbers for everybody who may see reports.", """
    INSERT INTO DashboardWidget (AppUserId, KpiDefinitionId, Position)
    SELECT DISTINCT u.AppUserId, k.KpiDefinitionId, k.KpiDefinitionId
      FROM UserRole u
      JOIN RolePermission rp ON rp.RoleId = u.RoleId
      JOIN Permission p ON p.PermissionId = rp.PermissionId AND p.Code = 'report.view'
      JOIN KpiDefinition k ON k.KpiDefinitionId <= 3
     ORDER BY u.AppUserId, k.KpiDefinitionId;
    """)
ren("DashboardWidget", "Position", "SortOrder")
mod("KpiValue", "KpiValue DECIMAL(16, 4) NULL")
sql("Fix_Territory_Population", "Estimate: number of ZIP codes times 8,000, until the census import is there.", """
    UPDATE Territory t
      JOIN (SELECT TerritoryId, COUNT(*) AS Codes FROM TerritoryZip GROUP BY TerritoryId) z ON z.TerritoryId = t.TerritoryId
       SET t.Population = z.Codes * 8000
     WHERE t.Population IS NULL;
    """)
sql("View_Territory_Penetration", "", """
    CREATE VIEW vw_TerritoryPenetration AS
    SELECT t.TerritoryId,
           t.Name,
           t.Population,
           COUNT(DISTINCT c.CustomerId) AS Customers,
           ROUND(1000.0 * COUNT(DISTINCT c.CustomerId) / NULLIF(t.Population, 0), 3) AS PerThousand
      FROM Territory t
      LEFT JOIN TerritoryZip z ON z.TerritoryId = t.TerritoryId
      LEFT JOIN Address a ON a.ZipCode = z.ZipCode
      LEFT JOIN Customer c ON c.BillingAddressId = a.AddressId
     GROUP BY t.TerritoryId, t.Name, t.Population;
    """)
sql("Prepared_Index_Cleanup", "Staging has this index from an experiment, production has not. Drop it only where it is.", """
    SET @there := (SELECT COUNT(*)
                     FROM information_schema.STATISTICS
                    WHERE TABLE_SCHEMA = DATABASE()
                      AND TABLE_NAME = 'Estimate'
                      AND INDEX_NAME = 'IX_Estimate_Experiment');
    SET @command := IF(@there > 0, 'ALTER TABLE Estimate DROP INDEX IX_Estimate_Experiment', 'DO 0');
    PREPARE cleanup FROM @command;
    EXECUTE cleanup;
    DEALLOCATE PREPARE cleanup;
    """)
add("Franchise", "Region ENUM ('East', 'Central', 'West') NULL", "Three field consultants, three regions.")
sql("Franchise_Regions", "", """
    UPDATE Franchise
       SET Region = CASE TimeZone
                        WHEN 'America/New_York' THEN 'East'
                        WHEN 'America/Chicago' THEN 'Central'
                        ELSE 'West'
                    END;
    """)
sql("View_Sales_By_Region", "", """
    CREATE VIEW vw_SalesByRegion AS
    SELECT f.Region, YEAR(d.SalesDate) AS SalesYear, SUM(d.Sales) AS Sales
      FROM SalesDaily d
      JOIN Franchise f ON f.FranchiseId = d.FranchiseId
     GROUP BY f.Region, YEAR(d.SalesDate);
    """)
add("Setting", "Description VARCHAR(300) NULL")
sql("Setting_Descriptions", "", """
    UPDATE Setting SET Description = 'Days that an estimate is valid' WHERE SettingName = 'estimate.validDays';
    UPDATE Setting SET Description = 'Percent of sales, for new agreements' WHERE SettingName = 'royalty.percent';
    UPDATE Setting SET Description = '1: the nightly job charges late fees' WHERE SettingName = 'latefee.enabled';
    """)
