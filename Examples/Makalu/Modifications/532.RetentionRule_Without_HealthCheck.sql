-- AD 2023-07-14

DELETE FROM RetentionRule WHERE TableName = 'HealthCheck';
