"""2018: warranties, claims, surveys."""

from history import add, check, chapter, create, drop, fk, index, ins, mod, ren, sql

chapter("2018-05-21", "2018-12-14")

create("WarrantyType", """
    WarrantyTypeId SMALLINT NOT NULL
    Name VARCHAR(60) NOT NULL
    Months SMALLINT NOT NULL
    Terms TEXT NULL
    """, "", "PRIMARY KEY (WarrantyTypeId)")
ins("WarrantyType", "WarrantyTypeId, Name, Months", "(1, 'Workmanship', 12)\n(2, 'Sealer, five years', 60)\n(3, 'Sealer, ten years', 120)\n(4, 'Color seal of grout', 84)")
create("Warranty", """
    Id! INT
    WorkOrderId INT NOT NULL
    WarrantyTypeId SMALLINT NOT NULL
    StartsOn DATE NOT NULL
    EndsOn DATE NOT NULL
    """, "", "UNIQUE KEY UK_Warranty (WorkOrderId, WarrantyTypeId)\nWorkOrderId -> WorkOrder\nWarrantyTypeId -> WarrantyType")
add("ServiceType", "WarrantyTypeId SMALLINT NULL")
fk("ServiceType", "WarrantyTypeId", "WarrantyType")
sql("ServiceType_Warranties", "", """
    UPDATE ServiceType SET WarrantyTypeId = 1 WHERE ServiceCategoryId IN (2, 4);
    UPDATE ServiceType SET WarrantyTypeId = 2 WHERE Code IN ('SEA-IMP', 'SEA-ENH');
    UPDATE ServiceType SET WarrantyTypeId = 4 WHERE Code = 'GRT-SEAL';
    """)
sql("Warranty_For_Finished_Orders", "Back to the beginning: everything finished has at least the workmanship warranty.", """
    INSERT INTO Warranty (WorkOrderId, WarrantyTypeId, StartsOn, EndsOn)
    SELECT DISTINCT w.WorkOrderId,
           t.WarrantyTypeId,
           w.CompletedOn,
           w.CompletedOn + INTERVAL t.Months MONTH
      FROM WorkOrder w
      JOIN WorkOrderLine l ON l.WorkOrderId = w.WorkOrderId
      JOIN ServiceType s ON s.ServiceTypeId = l.ServiceTypeId
      JOIN WarrantyType t ON t.WarrantyTypeId = COALESCE(s.WarrantyTypeId, 1)
     WHERE w.CompletedOn IS NOT NULL
     ORDER BY w.WorkOrderId, t.WarrantyTypeId;
    """)
index("Warranty", "EndsOn")
create("WarrantyClaim", """
    Id! INT
    WarrantyId INT NOT NULL
    ReportedOn DATE NOT NULL
    Description TEXT NOT NULL
    Decision ENUM ('Open', 'Accepted', 'Rejected', 'Goodwill') NOT NULL DEFAULT 'Open'
    DecidedOn DATE NULL
    ReworkOrderId INT NULL
    """, "", """
    WarrantyId -> Warranty
    ReworkOrderId -> WorkOrder.WorkOrderId
    """)
add("WorkOrder", "IsRework TINYINT(1) NOT NULL DEFAULT 0", "Rework is free and must not count as sales.")
index("WorkOrder", "IsRework, CompletedOn")
create("ClaimPhoto", """
    Id! INT
    WarrantyClaimId INT NOT NULL
    FileName VARCHAR(200) NOT NULL
    """, "", "WarrantyClaimId -> WarrantyClaim ON DELETE CASCADE")
sql("Trigger_Claim_Decided", "", """
    DELIMITER $$
    CREATE TRIGGER tr_WarrantyClaim_BeforeUpdate BEFORE UPDATE ON WarrantyClaim
    FOR EACH ROW
    BEGIN
        IF NEW.Decision <> 'Open' AND OLD.Decision = 'Open' THEN
            SET NEW.DecidedOn = COALESCE(NEW.DecidedOn, CURRENT_DATE());
        END IF;
    END$$
    DELIMITER ;
    """)
create("Survey", """
    Id! INT
    WorkOrderId INT NOT NULL
    SentOn DATETIME NULL
    AnsweredOn DATETIME NULL
    Recommend TINYINT NULL
    Comments TEXT NULL
    """, "Net promoter score, one question and a text.", "UNIQUE KEY UK_Survey_WorkOrder (WorkOrderId)\nWorkOrderId -> WorkOrder ON DELETE CASCADE")
check("Survey", "Recommend", "Recommend BETWEEN 0 AND 10")
sql("Function_Nps", "", """
    DELIMITER $$
    CREATE FUNCTION fn_NetPromoterScore(pFranchiseId INT, pFrom DATE, pTo DATE)
    RETURNS DECIMAL(5, 1)
    READS SQL DATA
    BEGIN
        DECLARE vScore DECIMAL(5, 1);
        SELECT 100.0 * (SUM(s.Recommend >= 9) - SUM(s.Recommend <= 6)) / COUNT(*) INTO vScore
          FROM Survey s
          JOIN WorkOrder w ON w.WorkOrderId = s.WorkOrderId
         WHERE w.FranchiseId = pFranchiseId
           AND s.AnsweredOn >= pFrom AND s.AnsweredOn < pTo + INTERVAL 1 DAY
           AND s.Recommend IS NOT NULL;
        RETURN vScore;
    END$$
    DELIMITER ;
    """)
create("SurveyQuestion", """
    SurveyQuestionId SMALLINT NOT NULL
    Question VARCHAR(200) NOT NULL
    SortOrder SMALLINT NOT NULL DEFAULT 0
    IsActive TINYINT(1) NOT NULL DEFAULT 1
    """, "Marketing wants more questions after all.", "PRIMARY KEY (SurveyQuestionId)")
create("SurveyAnswer", """
    SurveyId INT NOT NULL
    SurveyQuestionId SMALLINT NOT NULL
    Score TINYINT NULL
    Answer VARCHAR(500) NULL
    """, "", "PRIMARY KEY (SurveyId, SurveyQuestionId)\nSurveyId -> Survey ON DELETE CASCADE\nSurveyQuestionId -> SurveyQuestion")
ins("SurveyQuestion", "SurveyQuestionId, Question, SortOrder", """
    (1, 'Were we on time?', 10)
    (2, 'Was the crew friendly and clean?', 20)
    (3, 'Are you happy with the stone?', 30)
    (4, 'Was the price what you expected?', 40)
    """)
create("Complaint", """
    Id! INT
    FranchiseId INT NOT NULL
    CustomerId INT NOT NULL
    WorkOrderId INT NULL
    ReceivedOn DATETIME NOT NULL
    Text TEXT NOT NULL
    Status ENUM ('New', 'InWork', 'Solved', 'Rejected') NOT NULL DEFAULT 'New'
    """, "Complaints that are not warranty: noise, dust, late.", """
    FranchiseId -> Franchise
    CustomerId -> Customer
    WorkOrderId -> WorkOrder
    """)
ren("Complaint", "Text", "Description")
add("Complaint", "SolvedOn DATETIME NULL; Cost DECIMAL(10, 2) NULL")
index("Complaint", "Status, ReceivedOn")
create("QualityCheck", """
    Id! INT
    WorkOrderId INT NOT NULL
    CheckedBy INT NOT NULL
    CheckedOn DATETIME NOT NULL
    GlossBefore SMALLINT NULL
    GlossAfter SMALLINT NULL
    Passed TINYINT(1) NOT NULL
    """, "Gloss meter readings.", "WorkOrderId -> WorkOrder ON DELETE CASCADE\nCheckedBy -> Employee.EmployeeId")
sql("QualityCheck_Gain", "Computed when it is read.", """
    ALTER TABLE QualityCheck
        ADD COLUMN GlossGain SMALLINT GENERATED ALWAYS AS (GlossAfter - GlossBefore) VIRTUAL;
    """, kind="add column")
mod("QualityCheck", "CheckedOn DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP")
create("ReviewSite", """
    ReviewSiteId SMALLINT NOT NULL
    Name VARCHAR(40) NOT NULL
    Url VARCHAR(200) NOT NULL
    """, "", "PRIMARY KEY (ReviewSiteId)")
create("CustomerReview", """
    Id! INT
    ReviewSiteId SMALLINT NOT NULL
    FranchiseId INT NOT NULL
    Stars TINYINT NOT NULL
    Author VARCHAR(80) NULL
    Body TEXT NULL
    PostedOn DATE NOT NULL
    """, "Imported once a week.", "ReviewSiteId -> ReviewSite\nFranchiseId -> Franchise")
sql("Review_Sample_With_Accents", "First import; the names come from all over the world: café, naïve, 石材. Keep this file in UTF-8!", """
    INSERT INTO ReviewSite (ReviewSiteId, Name, Url) VALUES (1, 'Stars', 'https://stars.example/makalu');
    INSERT INTO CustomerReview (ReviewSiteId, FranchiseId, Stars, Author, Body, PostedOn)
    SELECT 1, FranchiseId, 5, 'José Peña', 'El mármol quedó como nuevo. ¡Gracias!', '2018-10-03' FROM Franchise WHERE Code = 'MIA'
    UNION ALL
    SELECT 1, FranchiseId, 4, 'Zoë Müller', 'Très bien; the café floor shines — only the dust… 😀', '2018-10-05' FROM Franchise WHERE Code = 'CHI'
    UNION ALL
    SELECT 1, FranchiseId, 5, '王小明', '石材像新的一样', '2018-10-09' FROM Franchise WHERE Code = 'SEA'
    ORDER BY FranchiseId;
    """)
check("CustomerReview", "Stars", "Stars BETWEEN 1 AND 5")
sql("View_Quality_By_Franchise", "", """
    CREATE VIEW vw_QualityByFranchise AS
    SELECT f.FranchiseId,
           f.Code,
           (SELECT COUNT(*) FROM WorkOrder w WHERE w.FranchiseId = f.FranchiseId AND w.CompletedOn IS NOT NULL) AS Completed,
           (SELECT COUNT(*) FROM WorkOrder w WHERE w.FranchiseId = f.FranchiseId AND w.IsRework = 1) AS Rework,
           (SELECT COUNT(*) FROM Complaint c WHERE c.FranchiseId = f.FranchiseId) AS Complaints,
           (SELECT ROUND(AVG(r.Stars), 2) FROM CustomerReview r WHERE r.FranchiseId = f.FranchiseId) AS Stars
      FROM Franchise f;
    """)
sql("WorkOrderStatus_Inspection", "Between done and completed there is a look by the lead.", """
    INSERT INTO WorkOrderStatus (WorkOrderStatusId, Name, SortOrder, IsFinal) VALUES (8, 'Inspection', 55, 0);
    """, kind="reference data")
drop("Survey", "Comments", "Is question five now.", name="Survey_Drop_Comments")
ins("SurveyQuestion", "SurveyQuestionId, Question, SortOrder", "(5, 'What could we do better?', 50)")
