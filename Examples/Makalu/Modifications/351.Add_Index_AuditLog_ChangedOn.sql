-- PB 2019-02-21

CREATE INDEX IX_AuditLog_ChangedOn ON AuditLog (ChangedOn);
