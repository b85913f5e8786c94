-- ml 2022-12-02

INSERT INTO RetentionRule (TableName, KeepMonths, DateColumn) VALUES
    ('ApiRequestLog', 6, 'RequestedOn'),
    ('PhoneCall', 36, 'StartedOn'),
    ('ReportRun', 12, 'StartedOn');
