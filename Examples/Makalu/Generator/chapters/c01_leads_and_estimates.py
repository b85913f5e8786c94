"""2013: the first year. Leads and estimates get what the first owners missed."""

from history import add, check, chapter, create, drop, fk, index, ins, mod, sql

chapter("2013-02-04", "2013-12-13")

add("SalesLead", "ReferralName VARCHAR(100) NULL", "Referrals are a third of the leads; we want to thank whoever sent them.", after="LeadSourceId")
add("SalesLead", "BestTimeToCall VARCHAR(40) NULL", "Asked for by Miami.")
index("SalesLead", "Email", "Duplicate search while typing.")
add("Customer", "MobilePhone VARCHAR(20) NULL", after="Phone")
mod("Customer", "Email VARCHAR(180) NULL", "A law firm's addresses did not fit.")
create("LostReason", """
    LostReasonId SMALLINT NOT NULL
    Name VARCHAR(60) NOT NULL
    """, "Why did we lose the job? Free text told us nothing.", "PRIMARY KEY (LostReasonId)")
ins("LostReason", "LostReasonId, Name", """
    (1, 'Price')
    (2, 'Schedule')
    (3, 'Went with a competitor')
    (4, 'Does it himself')
    (5, 'No answer')
    (6, 'Outside of territory')
    """)
add("SalesLead", "LostReasonId SMALLINT NULL; LostOn DATE NULL", "Goes with the two before.")
fk("SalesLead", "LostReasonId", "LostReason")
mod("Estimate", "Status ENUM ('Draft', 'Sent', 'Accepted', 'Declined', 'Expired') NOT NULL DEFAULT 'Draft'", "Estimates are valid for thirty days; after that the nightly job sets Expired.", name="Estimate_Status_Expired")
add("Estimate", "ValidUntil DATE NULL", after="EstimatedOn", why="Printed on the estimate.")
sql("Fill_Estimate_ValidUntil", "Thirty days for the estimates that are there already.", """
    UPDATE Estimate
       SET ValidUntil = EstimatedOn + INTERVAL 30 DAY
     WHERE ValidUntil IS NULL;
    """)
add("Estimate", "Notes TEXT NULL")
add("EstimateArea", "SortOrder SMALLINT NOT NULL DEFAULT 0", "Rooms in the order in which the estimator walked.")
sql("EstimateArea_SortOrder_Initial", "", """
    SET @n := 0;
    SET @last := 0;
    CREATE TEMPORARY TABLE tmpAreaOrder (EstimateAreaId INT NOT NULL PRIMARY KEY, n SMALLINT NOT NULL);
    INSERT INTO tmpAreaOrder (EstimateAreaId, n)
    SELECT EstimateAreaId, ROW_NUMBER() OVER (PARTITION BY EstimateId ORDER BY EstimateAreaId) * 10
      FROM EstimateArea;
    UPDATE EstimateArea a JOIN tmpAreaOrder t ON t.EstimateAreaId = a.EstimateAreaId SET a.SortOrder = t.n;
    DROP TEMPORARY TABLE tmpAreaOrder;
    """)
add("EstimateLine", "DiscountPercent DECIMAL(5, 2) NOT NULL DEFAULT 0", after="UnitPrice", why="Until now a discount was a line with a negative price.")
sql("EstimateLine_Triggers_With_Discount", "LineTotal has to know the discount.", """
    DROP TRIGGER tr_EstimateLine_BeforeInsert;
    DROP TRIGGER tr_EstimateLine_BeforeUpdate;

    DELIMITER $$
    CREATE TRIGGER tr_EstimateLine_BeforeInsert BEFORE INSERT ON EstimateLine
    FOR EACH ROW
    BEGIN
        SET NEW.LineTotal = ROUND(NEW.Quantity * NEW.UnitPrice * (1 - NEW.DiscountPercent / 100), 2);
    END$$

    CREATE TRIGGER tr_EstimateLine_BeforeUpdate BEFORE UPDATE ON EstimateLine
    FOR EACH ROW
    BEGIN
        SET NEW.LineTotal = ROUND(NEW.Quantity * NEW.UnitPrice * (1 - NEW.DiscountPercent / 100), 2);
    END$$
    DELIMITER ;
    """)
check("EstimateLine", "Discount", "DiscountPercent BETWEEN 0 AND 50", "Nobody gives away more than half.")
add("LeadSource", "IsActive TINYINT(1) NOT NULL DEFAULT 1", "Yellow pages are over.")
sql("LeadSource_Yellow_Pages_Off", "No new leads from there; the old ones keep their source.", """
    UPDATE LeadSource SET IsActive = 0 WHERE Name = 'Yellow pages';
    INSERT INTO LeadSource (LeadSourceId, Name) VALUES (8, 'Search engine'), (9, 'Reviews site');
    """)
create("EstimatePhoto", """
    Id! INT
    EstimateId INT NOT NULL
    EstimateAreaId INT NULL
    FileName VARCHAR(200) NOT NULL
    Caption VARCHAR(120) NULL
    UploadedOn DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP
    """, "Estimators take pictures with their phones now.", """
    EstimateId -> Estimate ON DELETE CASCADE
    EstimateAreaId -> EstimateArea ON DELETE SET NULL
    """)
add("StoneType", "MohsHardness DECIMAL(3, 1) NULL", "Needed for the choice of abrasives.")
sql("StoneType_MohsHardness_Values", "", """
    UPDATE StoneType SET MohsHardness = 3.0 WHERE Name IN ('Marble', 'Limestone', 'Travertine', 'Onyx', 'Serpentine');
    UPDATE StoneType SET MohsHardness = 6.5 WHERE Name IN ('Granite', 'Sandstone');
    UPDATE StoneType SET MohsHardness = 7.0 WHERE Name IN ('Quartzite', 'Engineered quartz');
    UPDATE StoneType SET MohsHardness = 5.5 WHERE Name = 'Slate';
    UPDATE StoneType SET MohsHardness = 1.0 WHERE Name = 'Soapstone';
    """)
add("StoneType", "IsAcidSensitive TINYINT(1) NOT NULL DEFAULT 0", "Red triangle on the work order: no acids!")
sql("StoneType_Acid_Sensitive", "Everything calcareous, and marble.", """
    UPDATE StoneType
       SET IsAcidSensitive = 1
     WHERE Family = 'Calcareous' OR Name IN ('Marble', 'Terrazzo', 'Serpentine');
    """)
index("Customer", "Phone", "The phone system looks up callers by number.")
index("SalesLead", "LeadStatusId, ReceivedOn", "The lead list is sorted like this for everybody.")
sql("Assign_Open_Leads", "Leads that came in before their territory existed.", """
    UPDATE SalesLead l
      JOIN TerritoryZip tz ON tz.ZipCode = l.ZipCode
      JOIN Territory t ON t.TerritoryId = tz.TerritoryId
       SET l.FranchiseId = t.FranchiseId
     WHERE l.FranchiseId IS NULL;
    """)
add("LeadActivity", "Outcome ENUM ('Reached', 'Voicemail', 'No answer', 'Wrong number') NULL")
mod("LeadActivity", "Activity VARCHAR(500) NOT NULL", "200 characters are too short for a phone note.")
create("EstimateOption", """
    Id! INT
    EstimateId INT NOT NULL
    Name VARCHAR(60) NOT NULL
    IsSelected TINYINT(1) NOT NULL DEFAULT 0
    TotalAmount DECIMAL(10, 2) NOT NULL DEFAULT 0
    """, "Good, better, best: customers choose one of up to three options.", "EstimateId -> Estimate ON DELETE CASCADE")
add("EstimateLine", "EstimateOptionId INT NULL")
fk("EstimateLine", "EstimateOptionId", "EstimateOption", "Was forgotten in the last release.", on="ON DELETE SET NULL")
sql("Procedure_Accept_Estimate", "Accepting was done in three places of the program, each a little differently.", """
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
    """)
add("Estimate", "AcceptedOn DATETIME NULL; AcceptedBy VARCHAR(100) NULL", "Name of whoever signed.")
add("Customer", "HowFound VARCHAR(100) NULL", "Office wants it on the customer too.")
drop("Customer", "HowFound", "Same as the source of the lead. We said so.")
create("LeadTag", """
    LeadTagId SMALLINT NOT NULL
    Name VARCHAR(30) NOT NULL
    """, "Tags: urgent, VIP, warranty, insurance.", "PRIMARY KEY (LeadTagId)\nUNIQUE KEY UK_LeadTag_Name (Name)")
create("SalesLeadTag", """
    SalesLeadId INT NOT NULL
    LeadTagId SMALLINT NOT NULL
    """, "", """
    PRIMARY KEY (SalesLeadId, LeadTagId)
    SalesLeadId -> SalesLead ON DELETE CASCADE
    LeadTagId -> LeadTag
    """)
ins("LeadTag", "LeadTagId, Name", "(1, 'urgent')\n(2, 'VIP')\n(3, 'insurance')\n(4, 'warranty')")
sql("Tag_Large_Leads", "Everything that mentions a lobby is a big one.", """
    INSERT INTO LeadTag (LeadTagId, Name) VALUES (5, 'large');
    INSERT INTO SalesLeadTag (SalesLeadId, LeadTagId)
    SELECT SalesLeadId, 5
      FROM SalesLead
     WHERE Message LIKE '%Lobby%';
    """)
sql("View_Lead_Funnel", "For the Monday call.", """
    CREATE VIEW vw_LeadFunnel AS
    SELECT f.Code AS FranchiseCode,
           s.Name AS LeadStatus,
           COUNT(*) AS Leads,
           MIN(l.ReceivedOn) AS Oldest
      FROM SalesLead l
      JOIN LeadStatus s ON s.LeadStatusId = l.LeadStatusId
      LEFT JOIN Franchise f ON f.FranchiseId = l.FranchiseId
     GROUP BY f.Code, s.Name;
    """)
add("Holiday", "IsOfficeClosed TINYINT(1) NOT NULL DEFAULT 1")
ins("Holiday", "HolidayDate, Name, IsOfficeClosed", """
    ('2014-01-01', 'New Year''s Day', 1)
    ('2014-02-17', 'Presidents'' Day', 0)
    ('2014-05-26', 'Memorial Day', 1)
    ('2014-07-04', 'Independence Day', 1)
    ('2014-09-01', 'Labor Day', 1)
    ('2014-11-27', 'Thanksgiving', 1)
    ('2014-12-25', 'Christmas Day', 1)
    """, "Calendar of next year.", name="Holidays_2014")
