-- JS 2019-12-10

CREATE TABLE `OnlinePayment` (
    `OnlinePaymentId`  INT NOT NULL AUTO_INCREMENT,
    `InvoiceId`        INT NOT NULL,
    `PaymentGatewayId` SMALLINT NOT NULL,
    `Amount`           DECIMAL(10, 2) NOT NULL,
    `Status`           ENUM ('Started', 'Authorized', 'Captured', 'Failed', 'Refunded') NOT NULL DEFAULT 'Started',
    `GatewayReference` VARCHAR(80) NULL,
    `PaymentId`        INT NULL,
    `StartedOn`        DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
    PRIMARY KEY (`OnlinePaymentId`),
    UNIQUE KEY `UK_OnlinePayment_Reference` (`GatewayReference`),
    CONSTRAINT `FK_OnlinePayment_Invoice` FOREIGN KEY (`InvoiceId`) REFERENCES `Invoice` (`InvoiceId`),
    CONSTRAINT `FK_OnlinePayment_PaymentGateway` FOREIGN KEY (`PaymentGatewayId`) REFERENCES `PaymentGateway` (`PaymentGatewayId`),
    CONSTRAINT `FK_OnlinePayment_Payment` FOREIGN KEY (`PaymentId`) REFERENCES `Payment` (`PaymentId`)
);
