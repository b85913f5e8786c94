-- RM 2015-05-13: Money that goes back. A negative payment confuses the bank report.

CREATE TABLE Refund (
    RefundId   INT NOT NULL AUTO_INCREMENT,
    PaymentId  INT NOT NULL,
    Amount     DECIMAL(10, 2) NOT NULL,
    Reason     VARCHAR(200) NULL,
    RefundedOn DATE NOT NULL,
    PRIMARY KEY (RefundId),
    CONSTRAINT FK_Refund_Payment FOREIGN KEY (PaymentId) REFERENCES Payment (PaymentId)
) ENGINE = InnoDB;
