-- PB 2019-08-20

CREATE TABLE NotificationPreference (
    CustomerId INT NOT NULL,
    Channel    ENUM ('Mail', 'Sms', 'Push') NOT NULL,
    IsEnabled  TINYINT(1) NOT NULL DEFAULT 1,
    PRIMARY KEY (CustomerId, Channel),
    CONSTRAINT FK_NotificationPreference_Customer FOREIGN KEY (CustomerId) REFERENCES Customer (CustomerId) ON DELETE CASCADE
) ENGINE = InnoDB;
