UPDATE PaymentMethod SET NeedsReference = 1 WHERE Name = 'Check';
