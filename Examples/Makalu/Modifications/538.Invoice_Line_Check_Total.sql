--
-- Author: A. Duarte
-- Date:   2023-07-26
-- Rounding differences of the import of 2015 first, then the constraint.
--

UPDATE InvoiceLine
   SET LineTotal = ROUND(Quantity * UnitPrice, 2)
 WHERE LineTotal <> ROUND(Quantity * UnitPrice, 2);
ALTER TABLE InvoiceLine
    ADD CONSTRAINT CK_InvoiceLine_Total CHECK (LineTotal = ROUND(Quantity * UnitPrice, 2));
