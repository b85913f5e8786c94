-- RM 2013-04-29: Nobody gives away more than half.

ALTER TABLE EstimateLine ADD CONSTRAINT CK_EstimateLine_Discount CHECK (DiscountPercent BETWEEN 0 AND 50);
