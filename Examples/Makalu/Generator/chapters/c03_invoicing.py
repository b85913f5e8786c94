"""2014 and 2015: invoices, payments, the first late fee."""

from history import add, check, chapter, create, droptable, fk, index, ins, mod, ren, sql

chapter("2014-11-03", "2015-08-28")

add("Invoice", "SentOn DATETIME NULL", after="DueOn")
add("Invoice", "PurchaseOrderNumber VARCHAR(40) NULL", "Commercial customers don't pay without it.")
mod("Invoice", "Status ENUM ('Draft', 'Open', 'Paid', 'Void') NOT NULL DEFAULT 'Draft'", "Invoices get proofread now.", name="Invoice_Status_Draft")
index("Invoice", "Status, DueOn", "Overdue list.")
index("Invoice", "InvoicedOn")
add("InvoiceLine", "SortOrder SMALLINT NOT NULL DEFAULT 0; IsTaxable TINYINT(1) NOT NULL DEFAULT 1")
sql("InvoiceLine_Labor_Not_Taxable", "Repair of real property: labor is not taxable in these states (see the accountant's letter of 11/12).", """
    UPDATE InvoiceLine l
      JOIN Invoice i ON i.InvoiceId = l.InvoiceId
      JOIN Franchise f ON f.FranchiseId = i.FranchiseId
       SET l.IsTaxable = 0
     WHERE f.StateCode IN ('FL', 'CA', 'CO')
       AND l.ServiceTypeId IN (24, 25);
    """)
add("InvoiceLine", "WorkOrderLineId INT NULL", "So that a line is not billed twice.")
fk("InvoiceLine", "WorkOrderLineId", "WorkOrderLine", on="ON DELETE SET NULL")
sql("InvoiceLine_Link_To_WorkOrderLine", "", """
    UPDATE InvoiceLine il
      JOIN Invoice i ON i.InvoiceId = il.InvoiceId
      JOIN WorkOrderLine wl ON wl.WorkOrderId = i.WorkOrderId
                           AND wl.ServiceTypeId = il.ServiceTypeId
                           AND wl.Quantity = il.Quantity
       SET il.WorkOrderLineId = wl.WorkOrderLineId;
    """)
add("PaymentMethod", "NeedsReference TINYINT(1) NOT NULL DEFAULT 0", "A check without its number is no check.")
sql("PaymentMethod_NeedsReference_Check", "", "UPDATE PaymentMethod SET NeedsReference = 1 WHERE Name = 'Check';")
ins("PaymentMethod", "PaymentMethodId, Name, NeedsReference", "(5, 'Financing', 1)\n(6, 'Gift certificate', 1)")
check("Payment", "Amount", "Amount <> 0", "Somebody entered twenty payments of nothing.")
mod("Payment", "Reference VARCHAR(100) NULL", "Transaction ids of the new card terminal.")
add("Payment", "EnteredBy INT NULL; EnteredOn DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP")
fk("Payment", "EnteredBy", "AppUser", parent_column="AppUserId")
sql("Invoice_Deposits", "Deposits on acceptance: a third, for jobs over 3,000.", """
    CREATE TABLE Deposit (
        DepositId   INT            NOT NULL AUTO_INCREMENT,
        EstimateId  INT            NOT NULL,
        Amount      DECIMAL(10, 2) NOT NULL,
        RequestedOn DATE           NOT NULL,
        ReceivedOn  DATE           NULL,
        InvoiceId   INT            NULL COMMENT 'the invoice that the deposit went into',
        PRIMARY KEY (DepositId),
        CONSTRAINT FK_Deposit_Estimate FOREIGN KEY (EstimateId) REFERENCES Estimate (EstimateId),
        CONSTRAINT FK_Deposit_Invoice FOREIGN KEY (InvoiceId) REFERENCES Invoice (InvoiceId)
    ) ENGINE = InnoDB;

    INSERT INTO Setting (SettingName, SettingValue) VALUES
        ('deposit.fromAmount', '3000'),
        ('deposit.percent', '33.33');
    """)
sql("LateFee_Tables", "Late fees, first version: a flat amount thirty days after the due date.", """
    CREATE TABLE LateFeeRule (
        LateFeeRuleId INT            NOT NULL AUTO_INCREMENT,
        FranchiseId   INT            NULL COMMENT 'NULL: applies where there is no rule of their own',
        GraceDays     SMALLINT       NOT NULL DEFAULT 30,
        FlatAmount    DECIMAL(10, 2) NOT NULL DEFAULT 25.00,
        ValidFrom     DATE           NOT NULL,
        PRIMARY KEY (LateFeeRuleId),
        CONSTRAINT FK_LateFeeRule_Franchise FOREIGN KEY (FranchiseId) REFERENCES Franchise (FranchiseId)
    ) ENGINE = InnoDB;

    CREATE TABLE LateFee (
        LateFeeId INT            NOT NULL AUTO_INCREMENT,
        InvoiceId INT            NOT NULL,
        Amount    DECIMAL(10, 2) NOT NULL,
        ChargedOn DATE           NOT NULL,
        WaivedOn  DATE           NULL,
        PRIMARY KEY (LateFeeId),
        CONSTRAINT FK_LateFee_Invoice FOREIGN KEY (InvoiceId) REFERENCES Invoice (InvoiceId) ON DELETE CASCADE
    ) ENGINE = InnoDB;

    INSERT INTO LateFeeRule (FranchiseId, GraceDays, FlatAmount, ValidFrom) VALUES (NULL, 30, 25.00, '2015-01-01');
    """)
sql("LateFee_Procedure", "Runs every night from the job server.", """
    DELIMITER $$

    CREATE PROCEDURE sp_ChargeLateFees(IN pToday DATE)
    MODIFIES SQL DATA
    BEGIN
        INSERT INTO LateFee (InvoiceId, Amount, ChargedOn)
        SELECT i.InvoiceId, r.FlatAmount, pToday
          FROM Invoice i
          JOIN LateFeeRule r ON r.FranchiseId IS NULL
          LEFT JOIN LateFee f ON f.InvoiceId = i.InvoiceId
         WHERE i.Status = 'Open'
           AND i.DueOn + INTERVAL r.GraceDays DAY < pToday
           AND f.LateFeeId IS NULL
         ORDER BY i.InvoiceId, r.LateFeeRuleId;
    END$$

    DELIMITER ;
    """)
index("LateFee", "ChargedOn")
sql("InvoiceBalance_With_LateFee", "The balance has to contain the fee. Changing a function means dropping it first.", """
    DROP FUNCTION fn_InvoiceBalance;

    DELIMITER $$

    CREATE FUNCTION fn_InvoiceBalance(pInvoiceId INT)
    RETURNS DECIMAL(10, 2)
    READS SQL DATA
    BEGIN
        DECLARE vTotal, vPaid, vCredit, vFees DECIMAL(10, 2);
        SELECT TotalAmount INTO vTotal FROM Invoice WHERE InvoiceId = pInvoiceId;
        SELECT COALESCE(SUM(Amount), 0) INTO vPaid FROM Payment WHERE InvoiceId = pInvoiceId;
        SELECT COALESCE(SUM(Amount), 0) INTO vCredit FROM CreditMemo WHERE InvoiceId = pInvoiceId;
        SELECT COALESCE(SUM(Amount), 0) INTO vFees
          FROM LateFee
         WHERE InvoiceId = pInvoiceId AND WaivedOn IS NULL;
        RETURN COALESCE(vTotal, 0) + vFees - vPaid - vCredit;
    END$$

    DELIMITER ;
    """)
add("LateFee", "WaivedBy INT NULL; WaivedReason VARCHAR(200) NULL", after="WaivedOn")
fk("LateFee", "WaivedBy", "AppUser", parent_column="AppUserId")
ins("Permission", "PermissionId, Code, Description", "(16, 'latefee.waive', 'Waive late fees')\n(17, 'refund.edit', 'Enter refunds')")
sql("Permission_For_Late_Fees", "Owners and accountants.", """
    INSERT INTO RolePermission (RoleId, PermissionId)
    SELECT r.RoleId, p.PermissionId
      FROM Role r
      JOIN Permission p ON p.Code IN ('latefee.waive', 'refund.edit')
     WHERE r.Name IN ('Administrator', 'Head office', 'Franchise owner', 'Accountant');
    """)
create("Refund", """
    Id! INT
    PaymentId INT NOT NULL
    Amount DECIMAL(10, 2) NOT NULL
    Reason VARCHAR(200) NULL
    RefundedOn DATE NOT NULL
    """, "Money that goes back. A negative payment confuses the bank report.", "PaymentId -> Payment")
sql("Negative_Payments_To_Refund", "There should be none in most databases.", """
    INSERT INTO Refund (PaymentId, Amount, Reason, RefundedOn)
    SELECT PaymentId, -Amount, COALESCE(Reference, 'converted'), ReceivedOn
      FROM Payment
     WHERE Amount < 0
     ORDER BY PaymentId;
    SELECT ROW_COUNT() AS converted;
    """)
check("Refund", "Positive", "Amount > 0")
add("CreditMemo", "CreditMemoNumber VARCHAR(20) NULL", after="InvoiceId")
sql("CreditMemo_Numbers", "", """
    UPDATE CreditMemo SET CreditMemoNumber = CONCAT('C-', 1000 + CreditMemoId) WHERE CreditMemoNumber IS NULL;
    ALTER TABLE CreditMemo MODIFY COLUMN CreditMemoNumber VARCHAR(20) NOT NULL;
    """)
add("PaymentTerm", "DiscountPercent DECIMAL(5, 2) NOT NULL DEFAULT 0; DiscountDays SMALLINT NOT NULL DEFAULT 0", "2 % ten days, as the hotels want it.")
ins("PaymentTerm", "PaymentTermId, Name, DueDays, DiscountPercent, DiscountDays", "(5, '2 % 10, net 30', 30, 2.00, 10)")
create("InvoiceReminder", """
    Id! INT
    InvoiceId INT NOT NULL
    Level TINYINT NOT NULL
    SentOn DATETIME NOT NULL
    """, "First friendly, then less so.", "UNIQUE KEY UK_InvoiceReminder_Level (InvoiceId, Level)\nInvoiceId -> Invoice ON DELETE CASCADE")
sql("EmailTemplate_Reminders", "", r"""
    INSERT INTO EmailTemplate (EmailTemplateId, Code, Subject, Body) VALUES
        (6, 'invoice.reminder2', 'Second reminder: invoice {{number}}',
    'Dear {{name}},\n\nwe still have not received your payment for invoice {{number}}; it was due on {{due}}.\nA late fee of {{fee}} has been added.'),
        (7, 'invoice.reminder3', 'Last reminder: invoice {{number}}',
    'Dear {{name}},\n\nthis is the last mail before we hand the matter to our lawyer; please don\'t let it come to that.');
    """)
ren("InvoiceReminder", "Level", "ReminderLevel", "LEVEL is a word of SQL, the report generator stumbles.")
sql("Renumber_Line_Order", "Lines get 10, 20, 30 as in estimates.", """
    UPDATE InvoiceLine l
      JOIN (SELECT InvoiceLineId,
                   ROW_NUMBER() OVER (PARTITION BY InvoiceId ORDER BY InvoiceLineId) * 10 AS n
              FROM InvoiceLine) x ON x.InvoiceLineId = l.InvoiceLineId
       SET l.SortOrder = x.n;
    """)
create("TaxExemption", """
    Id! INT
    CustomerId INT NOT NULL
    CertificateNumber VARCHAR(40) NOT NULL
    StateId SMALLINT NOT NULL
    ValidTo DATE NULL
    """, "Churches and schools.", "CustomerId -> Customer ON DELETE CASCADE\nStateId -> State")
create("tmpInvoiceImport", """
    InvoiceNumber VARCHAR(20) NOT NULL
    CustomerName VARCHAR(100) NULL
    Amount DECIMAL(10, 2) NULL
    """, "For the import of Dallas, who kept their books in a spreadsheet. To be dropped afterwards.", "PRIMARY KEY (InvoiceNumber)", name="Create_Import_Table_Dallas")
sql("Customer_Balance_View", "", """
    CREATE VIEW vw_CustomerBalance AS
    SELECT c.CustomerId,
           c.FranchiseId,
           COALESCE(c.CompanyName, fn_FullName(c.FirstName, c.LastName)) AS CustomerName,
           COUNT(i.InvoiceId) AS Invoices,
           COALESCE(SUM(i.TotalAmount), 0) AS Invoiced,
           COALESCE(SUM(fn_InvoiceBalance(i.InvoiceId)), 0) AS Balance
      FROM Customer c
      LEFT JOIN Invoice i ON i.CustomerId = c.CustomerId AND i.Status <> 'Void'
     GROUP BY c.CustomerId, c.FranchiseId, c.CompanyName, c.FirstName, c.LastName;
    """)
droptable("tmpInvoiceImport", "Dallas is through.")
sql("Index_Payment_ReceivedOn", "", "CREATE INDEX IX_Payment_ReceivedOn ON Payment (ReceivedOn);", kind="index", no_newline=True)
sql("Trigger_Void_Invoice", "A void invoice must not have payments.", """
    DELIMITER $$
    CREATE TRIGGER tr_Invoice_BeforeUpdate BEFORE UPDATE ON Invoice
    FOR EACH ROW
    BEGIN
        IF NEW.Status = 'Void' AND OLD.Status <> 'Void'
           AND EXISTS (SELECT 1 FROM Payment p WHERE p.InvoiceId = NEW.InvoiceId) THEN
            SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'An invoice with payments cannot be voided; write a credit memo';
        END IF;
    END$$
    DELIMITER ;
    """)
ins("Setting", "SettingName, SettingValue", "('latefee.enabled', '1')\n('invoice.footer', 'Thank you for taking care of your stone.')")
