/*
 * 06/17/2015 PB
 * 2 % ten days, as the hotels want it.
 */

ALTER TABLE PaymentTerm
    ADD COLUMN DiscountPercent DECIMAL(5, 2) NOT NULL DEFAULT 0,
    ADD COLUMN DiscountDays SMALLINT NOT NULL DEFAULT 0;
