-- Roles, statuses, payment terms, tax rates, settings and e-mail templates.

INSERT INTO Role (RoleId, Name, Description) VALUES
    (1, 'Administrator', 'Everything, everywhere'),
    (2, 'Head office', 'All franchises, no settings'),
    (3, 'Franchise owner', 'Everything within one franchise'),
    (4, 'Office manager', 'Leads, estimates, schedule and invoices of one franchise'),
    (5, 'Technician', 'Own work orders and time'),
    (6, 'Accountant', 'Invoices and payments, read only elsewhere');

INSERT INTO Permission (PermissionId, Code, Description) VALUES
    (1, 'franchise.view', 'See franchises'),
    (2, 'franchise.edit', 'Edit franchises'),
    (3, 'lead.view', 'See leads'),
    (4, 'lead.edit', 'Edit and assign leads'),
    (5, 'estimate.view', 'See estimates'),
    (6, 'estimate.edit', 'Write estimates'),
    (7, 'workorder.view', 'See work orders'),
    (8, 'workorder.edit', 'Edit work orders'),
    (9, 'invoice.view', 'See invoices'),
    (10, 'invoice.edit', 'Write and void invoices'),
    (11, 'payment.edit', 'Enter payments'),
    (12, 'price.edit', 'Change price lists'),
    (13, 'user.edit', 'Manage accounts'),
    (14, 'setting.edit', 'Change settings'),
    (15, 'report.view', 'Run reports');

INSERT INTO RolePermission (RoleId, PermissionId)
SELECT 1, PermissionId FROM Permission;

INSERT INTO RolePermission (RoleId, PermissionId)
SELECT 2, PermissionId FROM Permission WHERE Code <> 'setting.edit';

INSERT INTO RolePermission (RoleId, PermissionId)
SELECT 3, PermissionId FROM Permission WHERE Code NOT IN ('setting.edit', 'franchise.edit');

INSERT INTO RolePermission (RoleId, PermissionId) VALUES
    (4, 3), (4, 4), (4, 5), (4, 6), (4, 7), (4, 8), (4, 9), (4, 10), (4, 11),
    (5, 7),
    (6, 1), (6, 9), (6, 10), (6, 11), (6, 15);

INSERT INTO CustomerType (CustomerTypeId, Name) VALUES
    (1, 'Residential'), (2, 'Commercial'), (3, 'Hotel'), (4, 'Property manager'), (5, 'Contractor');

INSERT INTO LeadSource (LeadSourceId, Name) VALUES
    (1, 'Web form'), (2, 'Phone'), (3, 'Referral'), (4, 'Yellow pages'), (5, 'Home show'), (6, 'Mailer'), (7, 'Other');

INSERT INTO LeadStatus (LeadStatusId, Name, IsFinal) VALUES
    (1, 'New', 0), (2, 'Contacted', 0), (3, 'Visit planned', 0), (4, 'Estimated', 0), (5, 'Won', 1), (6, 'Lost', 1);

INSERT INTO WorkOrderStatus (WorkOrderStatusId, Name) VALUES
    (1, 'New'), (2, 'Scheduled'), (3, 'In progress'), (4, 'Completed'), (5, 'Cancelled');

INSERT INTO JobTitle (JobTitleId, Name) VALUES
    (1, 'Owner'), (2, 'Office manager'), (3, 'Estimator'), (4, 'Lead technician'), (5, 'Technician'), (6, 'Helper');

INSERT INTO Skill (SkillId, Name) VALUES
    (1, 'Marble polishing'), (2, 'Granite polishing'), (3, 'Lippage grinding'), (4, 'Sealing'),
    (5, 'Epoxy repair'), (6, 'Grout restoration'), (7, 'Terrazzo'), (8, 'Facade work');

INSERT INTO PaymentTerm (PaymentTermId, Name, DueDays) VALUES
    (1, 'Due on receipt', 0), (2, 'Net 15', 15), (3, 'Net 30', 30), (4, 'Net 60', 60);

INSERT INTO PaymentMethod (PaymentMethodId, Name) VALUES
    (1, 'Check'), (2, 'Cash'), (3, 'Credit card'), (4, 'Bank transfer');

INSERT INTO FranchiseFeeType (FranchiseFeeTypeId, Name, IsRecurring) VALUES
    (1, 'Initial fee', 0), (2, 'Royalty', 1), (3, 'Marketing fund', 1), (4, 'Software', 1);

INSERT INTO TaxRate (StateId, Percent, ValidFrom)
SELECT s.StateId, r.Percent, '2013-01-01'
  FROM State s
  JOIN (SELECT 'FL' AS Code, 6.000 AS Percent
        UNION ALL SELECT 'TX', 6.250
        UNION ALL SELECT 'CA', 7.500
        UNION ALL SELECT 'NY', 4.000
        UNION ALL SELECT 'OH', 5.500
        UNION ALL SELECT 'IL', 6.250
        UNION ALL SELECT 'WA', 6.500
        UNION ALL SELECT 'AZ', 5.600
        UNION ALL SELECT 'GA', 4.000
        UNION ALL SELECT 'CO', 2.900) r ON r.Code = s.Code COLLATE utf8mb4_unicode_ci
 ORDER BY s.StateId;

INSERT INTO Setting (SettingName, SettingValue) VALUES
    ('company.name', 'Makalu Stone Restoration'),
    ('company.phone', '800-555-0100'),
    ('estimate.validDays', '30'),
    ('invoice.defaultTermId', '2'),
    ('lead.answerHours', '24'),
    ('mail.sender', 'office@makalu.example'),
    ('royalty.percent', '7.00'),
    ('marketing.percent', '2.00');

INSERT INTO Holiday (HolidayDate, Name) VALUES
    ('2013-01-01', 'New Year''s Day'), ('2013-05-27', 'Memorial Day'), ('2013-07-04', 'Independence Day'),
    ('2013-09-02', 'Labor Day'), ('2013-11-28', 'Thanksgiving'), ('2013-12-25', 'Christmas Day');

INSERT INTO EmailTemplate (EmailTemplateId, Code, Subject, Body) VALUES
    (1, 'lead.thanks', 'Thank you for calling Makalu',
'Dear {{name}},

thank you for your interest. {{franchise}} will call you within one working day.

Your stone is in good hands.'),
    (2, 'estimate.sent', 'Your estimate {{number}}',
'Dear {{name}},

attached is our estimate {{number}}; it''s valid for {{days}} days.
Questions? Just answer to this mail.'),
    (3, 'workorder.reminder', 'We are coming on {{date}}',
'Dear {{name}},

our crew arrives on {{date}} between {{from}} and {{to}}.
Please clear the floor; we move "heavy" furniture only on request.'),
    (4, 'invoice.sent', 'Invoice {{number}}',
'Dear {{name}},

please find invoice {{number}} over {{amount}} attached; due on {{due}}.'),
    (5, 'invoice.overdue', 'Invoice {{number}} is overdue',
'Dear {{name}},

did invoice {{number}} slip through? It was due on {{due}}.');
