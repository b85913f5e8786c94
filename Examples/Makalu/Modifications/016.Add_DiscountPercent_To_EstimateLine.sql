-- RM 2013-04-29: Until now a discount was a line with a negative price.

ALTER TABLE EstimateLine
    ADD COLUMN DiscountPercent DECIMAL(5, 2) NOT NULL DEFAULT 0 AFTER UnitPrice;
