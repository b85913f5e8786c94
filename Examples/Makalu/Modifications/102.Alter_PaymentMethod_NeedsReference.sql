-- RM 2015-01-28: A check without its number is no check.

ALTER TABLE PaymentMethod ADD COLUMN NeedsReference TINYINT(1) NOT NULL DEFAULT 0;
