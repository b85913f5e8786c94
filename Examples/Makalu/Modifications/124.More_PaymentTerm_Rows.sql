-- PB 2015-06-25

INSERT INTO PaymentTerm (PaymentTermId, Name, DueDays, DiscountPercent, DiscountDays) VALUES
    (5, '2 % 10, net 30', 30, 2.00, 10);
