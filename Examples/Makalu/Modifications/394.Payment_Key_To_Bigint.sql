-- MAK-574: The card import writes a row per attempt somewhere else, and Payment ids are shared
-- with it. Foreign keys off the column, widen both sides, foreign keys back on. (JS)

ALTER TABLE Refund DROP FOREIGN KEY FK_Refund_Payment;
ALTER TABLE OnlinePayment DROP FOREIGN KEY FK_OnlinePayment_Payment;

ALTER TABLE Payment MODIFY COLUMN PaymentId BIGINT NOT NULL AUTO_INCREMENT;
ALTER TABLE Refund MODIFY COLUMN PaymentId BIGINT NOT NULL;
ALTER TABLE OnlinePayment MODIFY COLUMN PaymentId BIGINT NULL;

ALTER TABLE Refund
    ADD CONSTRAINT FK_Refund_Payment FOREIGN KEY (PaymentId) REFERENCES Payment (PaymentId);
ALTER TABLE OnlinePayment
    ADD CONSTRAINT FK_OnlinePayment_Payment FOREIGN KEY (PaymentId) REFERENCES Payment (PaymentId);
