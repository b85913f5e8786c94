-- RM 2015-05-08

INSERT INTO Permission (PermissionId, Code, Description) VALUES
    (16, 'latefee.waive', 'Waive late fees'),
    (17, 'refund.edit', 'Enter refunds');
