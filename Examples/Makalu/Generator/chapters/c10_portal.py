"""2019: the customer portal and the notifications."""

from history import add, check, chapter, create, droptable, index, ins, mod, ren, sql

chapter("2019-05-13", "2020-02-28")

create("PortalAccount", """
    Id! INT
    CustomerId INT NOT NULL
    Email VARCHAR(180) NOT NULL
    PasswordHash VARCHAR(255) NULL
    PublicId CHAR(36) NOT NULL DEFAULT (UUID())
    IsActive TINYINT(1) NOT NULL DEFAULT 1
    CreatedOn DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP
    LastSeenOn DATETIME NULL
    """, "Customers log in: see estimates, accept, pay.", """
    UNIQUE KEY UK_PortalAccount_Email (Email)
    UNIQUE KEY UK_PortalAccount_PublicId (PublicId)
    CustomerId -> Customer ON DELETE CASCADE
    """)
create("PortalSession", """
    TokenHash CHAR(64) NOT NULL
    PortalAccountId INT NOT NULL
    CreatedOn DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP
    ExpiresOn DATETIME NOT NULL
    """, "", "PRIMARY KEY (TokenHash)\nKEY IX_PortalSession_ExpiresOn (ExpiresOn)\nPortalAccountId -> PortalAccount ON DELETE CASCADE")
create("PortalInvitation", """
    Id! INT
    CustomerId INT NOT NULL
    TokenHash CHAR(64) NOT NULL
    SentOn DATETIME NULL
    UsedOn DATETIME NULL
    """, "", "CustomerId -> Customer ON DELETE CASCADE")
sql("Invite_Training_Customers", "Pilot: the practice customers of the training center.", """
    INSERT INTO PortalInvitation (CustomerId, TokenHash)
    SELECT c.CustomerId, SHA2(CONCAT('pilot-', c.CustomerId), 256)
      FROM Customer c
      JOIN Franchise f ON f.FranchiseId = c.FranchiseId
     WHERE f.Code = 'TRN' AND c.Email IS NOT NULL
     ORDER BY c.CustomerId
     LIMIT 20;
    """)
add("Estimate", "PublicId CHAR(36) NULL", "Links in mails must not show the running number.")
sql("Estimate_PublicId_Fill", "", """
    UPDATE Estimate SET PublicId = UUID() WHERE PublicId IS NULL;
    ALTER TABLE Estimate MODIFY COLUMN PublicId CHAR(36) NOT NULL DEFAULT (UUID());
    ALTER TABLE Estimate ADD UNIQUE INDEX UK_Estimate_PublicId (PublicId);
    """, kind="data migration")
add("Invoice", "PublicId CHAR(36) NULL")
sql("Invoice_PublicId_Fill", "The same for invoices.", """
    UPDATE Invoice SET PublicId = UUID() WHERE PublicId IS NULL;
    ALTER TABLE Invoice MODIFY COLUMN PublicId CHAR(36) NOT NULL DEFAULT (UUID());
    ALTER TABLE Invoice ADD UNIQUE INDEX UK_Invoice_PublicId (PublicId);
    """, kind="data migration")
create("Signature", """
    Id! INT
    EstimateId INT NOT NULL
    SignerName VARCHAR(100) NOT NULL
    SignedOn DATETIME NOT NULL
    IpAddress VARCHAR(45) NULL
    Image MEDIUMBLOB NULL
    """, "Finger on the screen counts as signature.", "EstimateId -> Estimate")
sql("Signatures_From_Accepted", "AcceptedBy and AcceptedOn become signatures.", """
    INSERT INTO Signature (EstimateId, SignerName, SignedOn)
    SELECT EstimateId, AcceptedBy, AcceptedOn
      FROM Estimate
     WHERE AcceptedBy IS NOT NULL AND AcceptedOn IS NOT NULL
     ORDER BY EstimateId;
    ALTER TABLE Estimate DROP COLUMN AcceptedBy;
    """, kind="data migration")
create("Notification", """
    Id! BIGINT
    Channel ENUM ('Mail', 'Sms', 'Push') NOT NULL
    Recipient VARCHAR(180) NOT NULL
    Subject VARCHAR(200) NULL
    Body MEDIUMTEXT NOT NULL
    Status ENUM ('Queued', 'Sent', 'Failed') NOT NULL DEFAULT 'Queued'
    QueuedOn DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP
    SentOn DATETIME NULL
    Attempts TINYINT NOT NULL DEFAULT 0
    """, "One queue for all channels; EmailQueue goes when it is empty.", "KEY IX_Notification_Queue (Status, QueuedOn)")
sql("EmailQueue_To_Notification", "", """
    START TRANSACTION;
    INSERT INTO Notification (Channel, Recipient, Subject, Body, Status, QueuedOn, SentOn, Attempts)
    SELECT 'Mail', Recipient, Subject, Body, IF(SentOn IS NULL, 'Queued', 'Sent'), QueuedOn, SentOn, Attempts
      FROM EmailQueue
     ORDER BY EmailQueueId;
    DELETE FROM EmailQueue;
    COMMIT;
    """)
droptable("EmailQueue", "Empty since three weeks.")
sql("RetentionRule_Notification", "The rule has to follow, else the nightly job fails.", "UPDATE RetentionRule SET TableName = 'Notification' WHERE TableName = 'EmailQueue';")
create("NotificationPreference", """
    CustomerId INT NOT NULL
    Channel ENUM ('Mail', 'Sms', 'Push') NOT NULL
    IsEnabled TINYINT(1) NOT NULL DEFAULT 1
    """, "", "PRIMARY KEY (CustomerId, Channel)\nCustomerId -> Customer ON DELETE CASCADE")
sql("NotificationPreference_Defaults", "Mail for all who have an address, text messages for all with a mobile number.", """
    INSERT INTO NotificationPreference (CustomerId, Channel)
    SELECT CustomerId, 'Mail' FROM Customer WHERE Email IS NOT NULL
    UNION ALL
    SELECT CustomerId, 'Sms' FROM Customer WHERE MobilePhone IS NOT NULL;
    """)
add("EmailTemplate", "SmsText VARCHAR(160) NULL; Language CHAR(2) NOT NULL DEFAULT 'en'", after="Body")
ren("EmailTemplate", "EmailTemplateId", "MessageTemplateId", "It is for all channels now.")
sql("Rename_EmailTemplate", "", "RENAME TABLE EmailTemplate TO MessageTemplate;", kind="rename")
sql("MessageTemplate_Unique_Per_Language", "", """
    ALTER TABLE MessageTemplate DROP INDEX UK_EmailTemplate_Code;
    ALTER TABLE MessageTemplate ADD UNIQUE INDEX UK_MessageTemplate_Code (Code, Language);
    """, kind="index")
sql("MessageTemplate_Spanish", "Miami and San Diego asked for years.", r"""
    INSERT INTO MessageTemplate (MessageTemplateId, Code, Language, Subject, Body) VALUES
        (101, 'lead.thanks', 'es', 'Gracias por llamar a Makalu',
         'Estimado/a {{name}}:\n\nGracias por su interés. {{franchise}} le llamará dentro de un día laborable.\n\n¡Su piedra está en buenas manos!'),
        (102, 'estimate.sent', 'es', 'Su presupuesto {{number}}',
         'Estimado/a {{name}}:\n\nAdjunto nuestro presupuesto {{number}}; es válido por {{days}} días.'),
        (104, 'invoice.sent', 'es', 'Factura {{number}}',
         'Estimado/a {{name}}:\n\nAdjunta la factura {{number}} por {{amount}}; vence el {{due}}.');
    """, kind="reference data", bom=True)
add("Customer", "Language CHAR(2) NOT NULL DEFAULT 'en'")
create("PortalMessage", """
    Id! INT
    CustomerId INT NOT NULL
    AppUserId INT NULL
    Body TEXT NOT NULL
    WrittenOn DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP
    ReadOn DATETIME NULL
    """, "Chat, sort of. AppUserId NULL: the customer wrote it.", "KEY IX_PortalMessage_Customer (CustomerId, WrittenOn)\nCustomerId -> Customer ON DELETE CASCADE\nAppUserId -> AppUser")
create("PaymentGateway", """
    PaymentGatewayId SMALLINT NOT NULL
    Name VARCHAR(40) NOT NULL
    IsActive TINYINT(1) NOT NULL DEFAULT 1
    Options JSON NULL
    """, "", "PRIMARY KEY (PaymentGatewayId)")
ins("PaymentGateway", "PaymentGatewayId, Name, Options", """
    (1, 'Card', '{"capture": "automatic", "currency": "USD"}')
    (2, 'ACH', '{"delayDays": 3}')
    """)
create("OnlinePayment", """
    Id! INT
    InvoiceId INT NOT NULL
    PaymentGatewayId SMALLINT NOT NULL
    Amount DECIMAL(10, 2) NOT NULL
    Status ENUM ('Started', 'Authorized', 'Captured', 'Failed', 'Refunded') NOT NULL DEFAULT 'Started'
    GatewayReference VARCHAR(80) NULL
    PaymentId INT NULL
    StartedOn DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP
    """, "", """
    UNIQUE KEY UK_OnlinePayment_Reference (GatewayReference)
    InvoiceId -> Invoice
    PaymentGatewayId -> PaymentGateway
    PaymentId -> Payment
    """)
sql("Trigger_OnlinePayment_Captured", "A captured payment becomes a payment.", """
    DELIMITER $$
    CREATE TRIGGER tr_OnlinePayment_BeforeUpdate BEFORE UPDATE ON OnlinePayment
    FOR EACH ROW
    BEGIN
        IF NEW.Status = 'Captured' AND OLD.Status <> 'Captured' AND NEW.PaymentId IS NULL THEN
            INSERT INTO Payment (InvoiceId, PaymentMethodId, Amount, ReceivedOn, Reference)
            VALUES (NEW.InvoiceId, 3, NEW.Amount, CURRENT_DATE(), NEW.GatewayReference);
            SET NEW.PaymentId = LAST_INSERT_ID();
        END IF;
    END$$
    DELIMITER ;
    """)
sql("Payment_Key_To_Bigint", "The card import writes a row per attempt somewhere else, and Payment ids are shared with it. Foreign keys off the column, widen both sides, foreign keys back on.", """
    ALTER TABLE Refund DROP FOREIGN KEY FK_Refund_Payment;
    ALTER TABLE OnlinePayment DROP FOREIGN KEY FK_OnlinePayment_Payment;

    ALTER TABLE Payment MODIFY COLUMN PaymentId BIGINT NOT NULL AUTO_INCREMENT;
    ALTER TABLE Refund MODIFY COLUMN PaymentId BIGINT NOT NULL;
    ALTER TABLE OnlinePayment MODIFY COLUMN PaymentId BIGINT NULL;

    ALTER TABLE Refund
        ADD CONSTRAINT FK_Refund_Payment FOREIGN KEY (PaymentId) REFERENCES Payment (PaymentId);
    ALTER TABLE OnlinePayment
        ADD CONSTRAINT FK_OnlinePayment_Payment FOREIGN KEY (PaymentId) REFERENCES Payment (PaymentId);
    """, kind="column type")
index("OnlinePayment", "Status, StartedOn")
sql("View_Portal_Estimates", "What the portal may see of an estimate, and nothing else.", """
    CREATE SQL SECURITY INVOKER VIEW vw_PortalEstimate AS
    SELECT e.PublicId, e.EstimateNumber, e.EstimatedOn, e.ValidUntil, e.Status, e.TotalAmount, a.Line1, a.CityName
      FROM Estimate e
      LEFT JOIN Address a ON a.AddressId = e.ServiceAddressId
     WHERE e.Status <> 'Draft';
    """)
sql("Portal_Db_User", "", """
    CREATE USER IF NOT EXISTS 'makalu_portal'@'localhost' IDENTIFIED BY 'Demo-only-change-me-5';
    GRANT SELECT, INSERT, UPDATE, DELETE ON PortalSession TO 'makalu_portal'@'localhost';
    GRANT SELECT, UPDATE ON PortalAccount TO 'makalu_portal'@'localhost';
    GRANT SELECT, INSERT, UPDATE ON PortalMessage TO 'makalu_portal'@'localhost';
    GRANT SELECT ON vw_PortalEstimate TO 'makalu_portal'@'localhost';
    """, kind="grant")
mod("PortalAccount", "LastSeenOn DATETIME(3) NULL", "Milliseconds, to find out why people are thrown out.", name="PortalAccount_LastSeen_Milliseconds")
check("PortalAccount", "Email", "Email LIKE '%_@_%'")
create("DeviceToken", """
    Id! INT
    AppUserId INT NOT NULL
    Platform ENUM ('ios', 'android') NOT NULL
    Token VARCHAR(200) NOT NULL
    """, "Push to the technicians' phones.", "UNIQUE KEY UK_DeviceToken (Token)\nAppUserId -> AppUser ON DELETE CASCADE")
sql("Event_Clean_Portal_Sessions", "Does nothing where the scheduler is off; the nightly job does the same there.", """
    CREATE EVENT ev_CleanPortalSessions
        ON SCHEDULE EVERY 1 HOUR
        DISABLE
        COMMENT 'expired sessions of the portal'
        DO DELETE FROM PortalSession WHERE ExpiresOn < CURRENT_TIMESTAMP;
    """)
ins("Setting", "SettingName, SettingValue", "('portal.url', 'https://my.makalu.example')\n('portal.sessionHours', '12')\n('sms.sender', '+18005550100')")
