"""2018 and 2019: privacy laws reach a company that polishes floors."""

from history import add, chapter, create, drop, index, ins, mod, sql

chapter("2018-12-17", "2019-05-10")

create("ConsentPurpose", """
    ConsentPurposeId SMALLINT NOT NULL
    Code VARCHAR(30) NOT NULL
    Description VARCHAR(300) NOT NULL
    """, "California is coming, two customers from Europe have asked already.", "PRIMARY KEY (ConsentPurposeId)\nUNIQUE KEY UK_ConsentPurpose_Code (Code)")
ins("ConsentPurpose", "ConsentPurposeId, Code, Description", """
    (1, 'mail.marketing', 'Offers by e-mail')
    (2, 'sms.reminder', 'Reminders by text message')
    (3, 'photo.website', 'Photos of the job on our web site')
    (4, 'survey', 'Survey after the job')
    """)
create("CustomerConsent", """
    Id! INT
    CustomerId INT NOT NULL
    ConsentPurposeId SMALLINT NOT NULL
    GivenOn DATETIME NULL
    WithdrawnOn DATETIME NULL
    Source VARCHAR(60) NULL
    """, "", "KEY IX_CustomerConsent_Customer (CustomerId, ConsentPurposeId)\nCustomerId -> Customer ON DELETE CASCADE\nConsentPurposeId -> ConsentPurpose")
sql("Consent_For_Public_Photos", "Photos that are public had a signed paper. Enter it.", """
    INSERT INTO CustomerConsent (CustomerId, ConsentPurposeId, GivenOn, Source)
    SELECT DISTINCT w.CustomerId, 3, p.TakenOn, 'paper form'
      FROM WorkOrderPhoto p
      JOIN WorkOrder w ON w.WorkOrderId = p.WorkOrderId
     WHERE p.IsPublic = 1
     ORDER BY w.CustomerId, p.TakenOn;
    """)
create("PrivacyRequest", """
    Id! INT
    CustomerId INT NULL
    Email VARCHAR(180) NOT NULL
    Kind ENUM ('Access', 'Correction', 'Deletion') NOT NULL
    ReceivedOn DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP
    DueOn DATE NOT NULL
    DoneOn DATETIME NULL
    """, "Forty-five days, says the law.", "CustomerId -> Customer ON DELETE SET NULL")
index("PrivacyRequest", "DoneOn, DueOn")
add("Customer", "AnonymizedOn DATETIME NULL")
sql("Procedure_Anonymize_Customer", "Invoices must stay for the tax office, the person behind them not.", """
    DELIMITER $$

    CREATE PROCEDURE sp_AnonymizeCustomer(IN pCustomerId INT)
    MODIFIES SQL DATA
    BEGIN
        DECLARE vOpen INT;

        SELECT COUNT(*) INTO vOpen FROM Invoice WHERE CustomerId = pCustomerId AND Status = 'Open';
        IF vOpen > 0 THEN
            SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'There are open invoices; settle them first';
        END IF;

        DELETE FROM CustomerNote WHERE CustomerId = pCustomerId;
        DELETE FROM CustomerContact WHERE CustomerId = pCustomerId;
        DELETE FROM CustomerConsent WHERE CustomerId = pCustomerId;
        UPDATE SalesLead
           SET FullName = 'removed', Phone = NULL, Email = NULL, Message = NULL
         WHERE CustomerId = pCustomerId;
        UPDATE Customer
           SET FirstName = NULL,
               LastName = CONCAT('removed ', CustomerId),
               CompanyName = NULL,
               Phone = NULL,
               MobilePhone = NULL,
               Email = NULL,
               IsActive = 0,
               AnonymizedOn = CURRENT_TIMESTAMP
         WHERE CustomerId = pCustomerId;
    END$$

    DELIMITER ;
    """)
create("RetentionRule", """
    TableName VARCHAR(64) NOT NULL
    KeepMonths SMALLINT NOT NULL
    DateColumn VARCHAR(64) NOT NULL
    """, "How long we keep what.", "PRIMARY KEY (TableName)")
ins("RetentionRule", "TableName, KeepMonths, DateColumn", """
    ('UserLogin', 12, 'LoginOn')
    ('PasswordReset', 1, 'ExpiresOn')
    ('EmailQueue', 24, 'QueuedOn')
    ('AuditLog', 84, 'ChangedOn')
    """)
sql("Procedure_Apply_Retention", "One prepared statement per rule.", """
    DELIMITER $$

    CREATE PROCEDURE sp_ApplyRetention(IN pToday DATE)
    MODIFIES SQL DATA
    BEGIN
        DECLARE vDone INT DEFAULT 0;
        DECLARE vTable, vColumn VARCHAR(64);
        DECLARE vMonths SMALLINT;
        DECLARE cRule CURSOR FOR SELECT TableName, DateColumn, KeepMonths FROM RetentionRule;
        DECLARE CONTINUE HANDLER FOR NOT FOUND SET vDone = 1;

        OPEN cRule;
        rules: LOOP
            FETCH cRule INTO vTable, vColumn, vMonths;
            IF vDone = 1 THEN
                LEAVE rules;
            END IF;
            SET @retention := CONCAT('DELETE FROM `', vTable, '` WHERE `', vColumn, '` < ? - INTERVAL ', vMonths, ' MONTH');
            SET @retentionToday := pToday;
            PREPARE retention FROM @retention;
            EXECUTE retention USING @retentionToday;
            DEALLOCATE PREPARE retention;
        END LOOP;
        CLOSE cRule;
    END$$

    DELIMITER ;
    """)
index("UserLogin", "LoginOn")
index("EmailQueue", "QueuedOn")
index("AuditLog", "ChangedOn")
sql("Delete_Old_Lost_Leads", "Lost leads older than two years: nobody will call them again.", """
    DELETE FROM SalesLead
     WHERE LeadStatusId = 6
       AND CustomerId IS NULL
       AND ReceivedOn < '2017-01-01';
    """)
mod("UserLogin", "IpAddress VARCHAR(45) NULL COMMENT 'last part removed after a week'")
sql("UserLogin_Shorten_Addresses", "", """
    UPDATE UserLogin
       SET IpAddress = CONCAT(SUBSTRING_INDEX(IpAddress, '.', 3), '.0')
     WHERE IpAddress LIKE '%.%.%.%';
    """)
sql("Rename_UserLogin_To_LoginAttempt", "It contains the failed ones as well.", """
    RENAME TABLE UserLogin TO LoginAttempt;
    ALTER TABLE LoginAttempt RENAME COLUMN UserLoginId TO LoginAttemptId;
    UPDATE RetentionRule SET TableName = 'LoginAttempt' WHERE TableName = 'UserLogin';
    """, kind="rename")
add("AppUser", "MustChangePassword TINYINT(1) NOT NULL DEFAULT 0; FailedLogins TINYINT NOT NULL DEFAULT 0; LockedUntil DATETIME NULL")
mod("AppUser", "PasswordHash VARCHAR(255) NULL", "The new algorithm writes longer hashes.")
index("AppUser", "Email", "", unique=True)
sql("AppUser_Force_Password_Change", "Everybody changes the password once, because of the new hash.", """
    UPDATE AppUser SET MustChangePassword = 1 WHERE IsActive = 1;
    DELETE FROM PasswordReset WHERE UsedOn IS NULL;
    """)
create("PrivacyLog", """
    Id! BIGINT
    AppUserId INT NOT NULL
    CustomerId INT NOT NULL
    Action VARCHAR(40) NOT NULL
    LoggedOn DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP
    """, "Who looked at whom. CustomerId without a foreign key on purpose: the log outlives the customer.", "AppUserId -> AppUser")
sql("Grants_Privacy", "The nightly jobs may not read the log, the reports neither.", """
    CREATE USER IF NOT EXISTS 'makalu_privacy'@'localhost' IDENTIFIED BY 'Demo-only-change-me-4';
    GRANT SELECT, INSERT ON PrivacyLog TO 'makalu_privacy'@'localhost';
    GRANT SELECT, UPDATE ON PrivacyRequest TO 'makalu_privacy'@'localhost';
    """, kind="grant")
ins("Permission", "PermissionId, Code, Description", "(18, 'privacy.request', 'Handle privacy requests')\n(19, 'customer.merge', 'Merge customers')")
sql("Permission_Privacy_For_Admins", "", """
    INSERT INTO RolePermission (RoleId, PermissionId)
    SELECT RoleId, PermissionId
      FROM Role, Permission
     WHERE RoleId IN (1, 2) AND Code IN ('privacy.request', 'customer.merge');
    """)
sql("AuditLog_Json", "Old and new values as JSON from now on; the old texts get wrapped.", """
    ALTER TABLE AuditLog ADD COLUMN Details JSON NULL;
    UPDATE AuditLog
       SET Details = JSON_OBJECT('old', OldValue, 'new', NewValue)
     WHERE OldValue IS NOT NULL OR NewValue IS NOT NULL;
    """, kind="data migration")
sql("Trigger_Franchise_Audit_Json", "", """
    DROP TRIGGER tr_Franchise_AfterUpdate;
    DELIMITER $$
    CREATE TRIGGER tr_Franchise_AfterUpdate AFTER UPDATE ON Franchise
    FOR EACH ROW
    BEGIN
        IF OLD.Status <> NEW.Status THEN
            INSERT INTO AuditLog (TableName, RowId, Action, Details, ChangedBy)
            VALUES ('Franchise', NEW.FranchiseId, 'Update',
                    JSON_OBJECT('Status', JSON_ARRAY(OLD.Status, NEW.Status)), CURRENT_USER());
        END IF;
    END$$
    DELIMITER ;
    """)
drop("AuditLog", "OldValue, NewValue", "Nobody reads them any more.")
