-- ml 2022-12-02

CREATE TABLE WebhookDelivery (
    WebhookDeliveryId BIGINT NOT NULL AUTO_INCREMENT,
    WebhookId         INT NOT NULL,
    Payload           JSON NOT NULL,
    StatusCode        SMALLINT NULL,
    Attempts          TINYINT NOT NULL DEFAULT 0,
    NextTryOn         DATETIME NULL,
    PRIMARY KEY (WebhookDeliveryId),
    KEY IX_WebhookDelivery_NextTryOn (NextTryOn),
    CONSTRAINT FK_WebhookDelivery_Webhook FOREIGN KEY (WebhookId) REFERENCES Webhook (WebhookId) ON DELETE CASCADE
) ENGINE = InnoDB;
