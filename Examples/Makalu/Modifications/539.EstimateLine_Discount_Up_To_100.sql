--
-- Author: A. Duarte
-- Date:   2023-07-28
-- Goodwill lines have to be free.
--

ALTER TABLE EstimateLine DROP CONSTRAINT CK_EstimateLine_Discount;
ALTER TABLE EstimateLine ADD CONSTRAINT CK_EstimateLine_Discount CHECK (DiscountPercent BETWEEN 0 AND 100);
