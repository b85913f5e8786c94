-- PB 2019-07-12

START TRANSACTION;
INSERT INTO Notification (Channel, Recipient, Subject, Body, Status, QueuedOn, SentOn, Attempts)
SELECT 'Mail', Recipient, Subject, Body, IF(SentOn IS NULL, 'Queued', 'Sent'), QueuedOn, SentOn, Attempts
  FROM EmailQueue
 ORDER BY EmailQueueId;
DELETE FROM EmailQueue;
COMMIT;
