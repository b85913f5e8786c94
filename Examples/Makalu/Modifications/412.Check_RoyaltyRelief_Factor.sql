ALTER TABLE RoyaltyRelief ADD CONSTRAINT CK_RoyaltyRelief_Factor CHECK (Factor BETWEEN 0 AND 1);
