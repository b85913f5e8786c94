ALTER TABLE EmailQueue ADD INDEX IX_EmailQueue_QueuedOn (QueuedOn);
