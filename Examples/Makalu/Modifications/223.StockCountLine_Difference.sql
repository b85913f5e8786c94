-- RM 2016-12-05: Generated, so that nobody has to compute it.

ALTER TABLE StockCountLine
    ADD COLUMN Difference DECIMAL(10, 2) GENERATED ALWAYS AS (Counted - Expected) STORED;
