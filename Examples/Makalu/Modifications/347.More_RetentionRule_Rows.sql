-- PB 2019-01-29

INSERT INTO RetentionRule (TableName, KeepMonths, DateColumn) VALUES
    ('UserLogin', 12, 'LoginOn'),
    ('PasswordReset', 1, 'ExpiresOn'),
    ('EmailQueue', 24, 'QueuedOn'),
    ('AuditLog', 84, 'ChangedOn');
