/*
 * 07/03/2015 PB
 * First friendly, then less so.
 */

CREATE TABLE InvoiceReminder (
    InvoiceReminderId INT NOT NULL AUTO_INCREMENT,
    InvoiceId         INT NOT NULL,
    Level             TINYINT NOT NULL,
    SentOn            DATETIME NOT NULL,
    PRIMARY KEY (InvoiceReminderId),
    UNIQUE KEY UK_InvoiceReminder_Level (InvoiceId, Level),
    CONSTRAINT FK_InvoiceReminder_Invoice FOREIGN KEY (InvoiceId) REFERENCES Invoice (InvoiceId) ON DELETE CASCADE
) ENGINE = InnoDB;
