-- JS 2023-12-11

ALTER TABLE `LateFee` ADD CONSTRAINT `CK_LateFee_Amount` CHECK (Amount > 0);
