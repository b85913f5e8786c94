-- PB 2015-05-19

ALTER TABLE Refund ADD CONSTRAINT CK_Refund_Positive CHECK (Amount > 0);
