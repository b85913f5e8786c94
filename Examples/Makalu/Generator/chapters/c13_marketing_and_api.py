"""2022 and 2023: campaigns, the call center, other people's programs."""

from history import add, check, chapter, create, drop, fk, index, ins, mod, ren, sql

chapter("2022-01-31", "2023-04-28")

create("Campaign", """
    Id! INT
    FranchiseId INT NULL
    Name VARCHAR(100) NOT NULL
    Channel ENUM ('Mailer', 'Search', 'Social', 'Radio', 'Show', 'Mail') NOT NULL
    StartsOn DATE NOT NULL
    EndsOn DATE NULL
    Budget DECIMAL(12, 2) NULL
    """, "FranchiseId NULL: paid from the marketing fund.", "FranchiseId -> Franchise")
create("CampaignCost", """
    Id! INT
    CampaignId INT NOT NULL
    CostOn DATE NOT NULL
    Amount DECIMAL(10, 2) NOT NULL
    Note VARCHAR(200) NULL
    """, "", "CampaignId -> Campaign ON DELETE CASCADE")
add("SalesLead", "CampaignId INT NULL", after="LeadSourceId")
fk("SalesLead", "CampaignId", "Campaign", on="ON DELETE SET NULL")
add("SalesLead", "UtmSource VARCHAR(60) NULL; UtmMedium VARCHAR(60) NULL; UtmCampaign VARCHAR(100) NULL", "From the web form.")
sql("Campaign_From_Mailers", "One campaign per year for the old mailers, so that the leads have a home.", """
    INSERT INTO Campaign (Name, Channel, StartsOn, EndsOn)
    SELECT CONCAT('Mailers ', y.ReceivedYear), 'Mailer', MAKEDATE(y.ReceivedYear, 1), MAKEDATE(y.ReceivedYear + 1, 1) - INTERVAL 1 DAY
      FROM (SELECT DISTINCT YEAR(ReceivedOn) AS ReceivedYear FROM SalesLead WHERE LeadSourceId = 6) y
     ORDER BY y.ReceivedYear;

    UPDATE SalesLead l
      JOIN Campaign c ON c.Channel = 'Mailer' AND DATE(l.ReceivedOn) BETWEEN c.StartsOn AND c.EndsOn
       SET l.CampaignId = c.CampaignId
     WHERE l.LeadSourceId = 6;
    """)
create("Coupon", """
    CouponCode VARCHAR(20) NOT NULL
    CampaignId INT NULL
    Percent DECIMAL(5, 2) NULL
    Amount DECIMAL(10, 2) NULL
    ValidTo DATE NULL
    """, "", "PRIMARY KEY (CouponCode)\nCampaignId -> Campaign")
check("Coupon", "PercentOrAmount", "(Percent IS NULL) <> (Amount IS NULL)", "Exactly one of the two.")
add("Estimate", "CouponCode VARCHAR(20) NULL")
fk("Estimate", "CouponCode", "Coupon", parent_column="CouponCode")
create("Segment", """
    Id! INT
    Name VARCHAR(80) NOT NULL
    Criteria JSON NOT NULL
    """, "", "UNIQUE KEY UK_Segment_Name (Name)")
create("SegmentMember", """
    SegmentId INT NOT NULL
    CustomerId INT NOT NULL
    """, "", "PRIMARY KEY (SegmentId, CustomerId)\nSegmentId -> Segment ON DELETE CASCADE\nCustomerId -> Customer ON DELETE CASCADE")
sql("Segment_Reseal", "Sealers of more than four years: time for a call.", """
    INSERT INTO Segment (Name, Criteria) VALUES ('Reseal', JSON_OBJECT('service', 'SEA-IMP', 'olderThanMonths', 48));
    SET @reseal := LAST_INSERT_ID();

    INSERT INTO SegmentMember (SegmentId, CustomerId)
    SELECT DISTINCT @reseal, w.CustomerId
      FROM WorkOrder w
      JOIN WorkOrderLine l ON l.WorkOrderId = w.WorkOrderId
      JOIN ServiceType s ON s.ServiceTypeId = l.ServiceTypeId
      JOIN Customer c ON c.CustomerId = w.CustomerId
     WHERE s.Code = 'SEA-IMP'
       AND w.CompletedOn < '2018-03-01'
       AND c.AnonymizedOn IS NULL;
    """)
create("CallCenterAgent", """
    AppUserId INT NOT NULL
    Extension VARCHAR(10) NOT NULL
    Languages VARCHAR(40) NOT NULL DEFAULT 'en'
    """, "The call center in Columbus answers for all franchises from now on.", "PRIMARY KEY (AppUserId)\nUNIQUE KEY UK_CallCenterAgent_Extension (Extension)\nAppUserId -> AppUser")
create("PhoneCall", """
    Id! BIGINT
    FranchiseId INT NULL
    SalesLeadId INT NULL
    CustomerId INT NULL
    AgentUserId INT NULL
    Direction ENUM ('In', 'Out') NOT NULL
    PhoneNumber VARCHAR(20) NOT NULL
    StartedOn DATETIME NOT NULL
    Seconds INT NOT NULL DEFAULT 0
    """, "", """
    KEY IX_PhoneCall_StartedOn (StartedOn)
    KEY IX_PhoneCall_PhoneNumber (PhoneNumber)
    FranchiseId -> Franchise
    SalesLeadId -> SalesLead ON DELETE SET NULL
    CustomerId -> Customer ON DELETE SET NULL
    AgentUserId -> CallCenterAgent.AppUserId
    """)
ins("Role", "RoleId, Name, Description", "(7, 'Call center', 'Leads and appointments of all franchises')")
sql("Role_Call_Center_Permissions", "", """
    INSERT INTO RolePermission (RoleId, PermissionId)
    SELECT 7, PermissionId FROM Permission WHERE Code IN ('lead.view', 'lead.edit', 'estimate.view', 'workorder.view');
    """)
add("LeadActivity", "PhoneCallId BIGINT NULL")
fk("LeadActivity", "PhoneCallId", "PhoneCall", on="ON DELETE SET NULL")
ren("LeadActivity", "Activity", "Description")
create("CallScript", """
    Id! INT
    Code VARCHAR(40) NOT NULL
    Language CHAR(2) NOT NULL DEFAULT 'en'
    Body TEXT NOT NULL
    """, "What to say.", "UNIQUE KEY UK_CallScript_Code (Code, Language)")
sql("CallScript_First_Texts", "Written by the trainers; the semicolons and quotes are theirs.", r"""
    INSERT INTO CallScript (Code, Language, Body) VALUES
        ('greeting', 'en', 'Thank you for calling Makalu; my name is {{agent}}. How may I help you & your stone?'),
        ('greeting', 'es', 'Gracias por llamar a Makalu; le habla {{agent}}. ¿En qué puedo ayudarle?'),
        ('etching', 'en', 'Those dull spots are called "etching" -- acid (wine, lemon, vinegar) ate the polish; it''s not a stain.\nDon\'t scrub it; /* really */ just keep it dry. # we can polish it'),
        ('price', 'en', 'A typical bathroom is $400; a lobby? "It depends" -- we come and measure, free of charge.');
    """, kind="reference data")
sql("Function_Normalize_Phone", "", """
    DELIMITER $$
    CREATE FUNCTION fn_NormalizePhone(pPhone VARCHAR(40))
    RETURNS VARCHAR(20)
    DETERMINISTIC
    NO SQL
    BEGIN
        DECLARE vDigits VARCHAR(40) DEFAULT REGEXP_REPLACE(pPhone, '[^0-9]', '');
        IF CHAR_LENGTH(vDigits) = 11 AND LEFT(vDigits, 1) = '1' THEN
            SET vDigits = SUBSTRING(vDigits, 2);
        END IF;
        RETURN NULLIF(LEFT(vDigits, 20), '');
    END$$
    DELIMITER ;
    """)
sql("Customer_PhoneDigits", "Caller id needs one form; generated columns may not call our own functions, so a trigger does it.", """
    ALTER TABLE Customer ADD COLUMN PhoneDigits VARCHAR(20) NULL;

    DELIMITER $$
    CREATE TRIGGER tr_Customer_BeforeInsert BEFORE INSERT ON Customer
    FOR EACH ROW
    BEGIN
        SET NEW.PhoneDigits = fn_NormalizePhone(NEW.Phone);
    END$$
    CREATE TRIGGER tr_Customer_BeforeUpdate BEFORE UPDATE ON Customer
    FOR EACH ROW
    BEGIN
        SET NEW.PhoneDigits = fn_NormalizePhone(NEW.Phone);
    END$$
    DELIMITER ;

    UPDATE Customer SET PhoneDigits = NULL;
    ALTER TABLE Customer ADD INDEX IX_Customer_PhoneDigits (PhoneDigits);
    """, kind="trigger")
create("ApiClient", """
    Id! INT
    Name VARCHAR(80) NOT NULL
    KeyHash CHAR(64) NOT NULL
    IsActive TINYINT(1) NOT NULL DEFAULT 1
    CreatedOn DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP
    """, "Partners may send us leads.", "UNIQUE KEY UK_ApiClient_KeyHash (KeyHash)")
create("ApiRequestLog", """
    Id! BIGINT
    ApiClientId INT NOT NULL
    Path VARCHAR(200) NOT NULL
    StatusCode SMALLINT NOT NULL
    DurationMs INT NOT NULL
    RequestedOn DATETIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3)
    """, "", "KEY IX_ApiRequestLog_RequestedOn (RequestedOn)\nApiClientId -> ApiClient")
create("Webhook", """
    Id! INT
    ApiClientId INT NOT NULL
    EventName VARCHAR(40) NOT NULL
    Url VARCHAR(300) NOT NULL
    SecretHash CHAR(64) NOT NULL
    IsActive TINYINT(1) NOT NULL DEFAULT 1
    """, "", "ApiClientId -> ApiClient ON DELETE CASCADE")
create("WebhookDelivery", """
    Id! BIGINT
    WebhookId INT NOT NULL
    Payload JSON NOT NULL
    StatusCode SMALLINT NULL
    Attempts TINYINT NOT NULL DEFAULT 0
    NextTryOn DATETIME NULL
    """, "", "KEY IX_WebhookDelivery_NextTryOn (NextTryOn)\nWebhookId -> Webhook ON DELETE CASCADE")
sql("RetentionRules_For_Logs", "", """
    INSERT INTO RetentionRule (TableName, KeepMonths, DateColumn) VALUES
        ('ApiRequestLog', 6, 'RequestedOn'),
        ('PhoneCall', 36, 'StartedOn'),
        ('ReportRun', 12, 'StartedOn');
    """, kind="reference data")
create("AccountingExport", """
    Id! INT
    FranchiseId INT NOT NULL
    ExportedOn DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP
    FromDate DATE NOT NULL
    ToDate DATE NOT NULL
    FileName VARCHAR(200) NOT NULL
    """, "", "FranchiseId -> Franchise")
create("AccountMapping", """
    Id! INT
    FranchiseId INT NULL
    ServiceCategoryId SMALLINT NOT NULL
    AccountNumber VARCHAR(20) NOT NULL
    """, "Sales accounts by category.", "UNIQUE KEY UK_AccountMapping (FranchiseId, ServiceCategoryId)\nFranchiseId -> Franchise\nServiceCategoryId -> ServiceCategory")
sql("AccountMapping_Default", "", """
    INSERT INTO AccountMapping (FranchiseId, ServiceCategoryId, AccountNumber)
    SELECT NULL, ServiceCategoryId, CONCAT('4', LPAD(ServiceCategoryId * 10, 3, '0')) FROM ServiceCategory
     ORDER BY ServiceCategoryId;
    """)
add("Invoice", "AccountingExportId INT NULL")
fk("Invoice", "AccountingExportId", "AccountingExport", on="ON DELETE SET NULL")
mod("Product", "Sku VARCHAR(50) NOT NULL", "The new supplier's numbers are endless.")
mod("Campaign", "Channel ENUM ('Mailer', 'Search', 'Social', 'Radio', 'Show', 'Mail', 'Partner') NOT NULL", name="Campaign_Channel_Partner")
index("SalesLead", "CampaignId, LeadStatusId")
index("Invoice", "AccountingExportId, Status", "Export asks for the ones without.")
sql("View_Campaign_Result", "", """
    CREATE VIEW vw_CampaignResult AS
    SELECT c.CampaignId,
           c.Name,
           c.Channel,
           (SELECT COALESCE(SUM(k.Amount), 0) FROM CampaignCost k WHERE k.CampaignId = c.CampaignId) AS Cost,
           COUNT(l.SalesLeadId) AS Leads,
           SUM(l.LeadStatusId = 5) AS Won
      FROM Campaign c
      LEFT JOIN SalesLead l ON l.CampaignId = c.CampaignId
     GROUP BY c.CampaignId, c.Name, c.Channel;
    """)
drop("SalesLead", "UtmMedium", "Always 'web'.")
add("Campaign", "LandingPage VARCHAR(300) NULL")
sql("ApiRequestLog_Swap", "The log had grown to forty million rows in production; copying the schema, swapping the names and dropping the old one was over in a second.", """
    CREATE TABLE ApiRequestLogNew LIKE ApiRequestLog;
    ALTER TABLE ApiRequestLogNew ADD COLUMN Method VARCHAR(10) NOT NULL DEFAULT 'GET';
    RENAME TABLE ApiRequestLog TO ApiRequestLogOld, ApiRequestLogNew TO ApiRequestLog;
    DROP TABLE ApiRequestLogOld;
    ALTER TABLE ApiRequestLog
        ADD CONSTRAINT FK_ApiRequestLog_ApiClient FOREIGN KEY (ApiClientId) REFERENCES ApiClient (ApiClientId);
    """, kind="rename")
sql("Procedure_Assign_Lead_Version_2", "Uses the function that the web site uses, and says where the lead went.", """
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
    """)
sql("Prepared_Drop_Shadow_Tables", "The schema tool left tables named zz_… on the test servers. Drops them all in one statement, if there are any.", """
    SET SESSION group_concat_max_len = 65536;
    SET @names := NULL;
    SELECT GROUP_CONCAT(CONCAT('`', TABLE_NAME, '`')) INTO @names
      FROM information_schema.TABLES
     WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME LIKE 'zz\\_%';
    SET @drop := COALESCE(CONCAT('DROP TABLE ', @names), 'DO 0');
    PREPARE shadow FROM @drop;
    EXECUTE shadow;
    DEALLOCATE PREPARE shadow;
    """)
