-- JS 2019-12-10

INSERT INTO `PaymentGateway` (`PaymentGatewayId`, `Name`, `Options`) VALUES
    (1, 'Card', '{"capture": "automatic", "currency": "USD"}'),
    (2, 'ACH', '{"delayDays": 3}');
