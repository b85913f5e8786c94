ALTER TABLE PaymentPlan ADD CONSTRAINT CK_PaymentPlan_Installments CHECK (Installments BETWEEN 2 AND 24);
