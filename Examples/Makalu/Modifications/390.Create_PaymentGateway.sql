CREATE TABLE `PaymentGateway` (
    `PaymentGatewayId` SMALLINT NOT NULL,
    `Name`             VARCHAR(40) NOT NULL,
    `IsActive`         TINYINT(1) NOT NULL DEFAULT 1,
    `Options`          JSON NULL,
    PRIMARY KEY (`PaymentGatewayId`)
);
