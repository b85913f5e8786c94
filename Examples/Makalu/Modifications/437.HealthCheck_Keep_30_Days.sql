-- AD 2020-12-18

INSERT INTO RetentionRule (TableName, KeepMonths, DateColumn) VALUES ('HealthCheck', 1, 'CheckedOn');
