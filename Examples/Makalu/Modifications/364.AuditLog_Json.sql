-- MAK-513: Old and new values as JSON from now on; the old texts get wrapped. (JS)

ALTER TABLE AuditLog ADD COLUMN Details JSON NULL;
UPDATE AuditLog
   SET Details = JSON_OBJECT('old', OldValue, 'new', NewValue)
 WHERE OldValue IS NOT NULL OR NewValue IS NOT NULL;
