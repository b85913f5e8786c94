/*
 * 07/12/2019 PB
 * One queue for all channels; EmailQueue goes when it is empty.
 */

CREATE TABLE Notification (
    NotificationId BIGINT NOT NULL AUTO_INCREMENT,
    Channel        ENUM ('Mail', 'Sms', 'Push') NOT NULL,
    Recipient      VARCHAR(180) NOT NULL,
    Subject        VARCHAR(200) NULL,
    Body           MEDIUMTEXT NOT NULL,
    Status         ENUM ('Queued', 'Sent', 'Failed') NOT NULL DEFAULT 'Queued',
    QueuedOn       DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
    SentOn         DATETIME NULL,
    Attempts       TINYINT NOT NULL DEFAULT 0,
    PRIMARY KEY (NotificationId),
    KEY IX_Notification_Queue (Status, QueuedOn)
) ENGINE = InnoDB;
