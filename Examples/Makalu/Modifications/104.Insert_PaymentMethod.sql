INSERT INTO PaymentMethod (PaymentMethodId, Name, NeedsReference) VALUES
    (5, 'Financing', 1),
    (6, 'Gift certificate', 1);
