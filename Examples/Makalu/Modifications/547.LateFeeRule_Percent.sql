-- MAK-842: A flat amount is too much for a small invoice and a joke for a hotel. Percent a month,
-- with a floor and a cap. (JS)

ALTER TABLE LateFeeRule
    ADD COLUMN MonthlyPercent DECIMAL(5, 3) NOT NULL DEFAULT 0,
    ADD COLUMN MinimumAmount DECIMAL(10, 2) NOT NULL DEFAULT 0,
    ADD COLUMN MaximumAmount DECIMAL(10, 2) NULL,
    ADD COLUMN ValidTo DATE NULL;
