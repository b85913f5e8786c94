-- MAK-853: Some states allow less than 1.5 percent. (JS)

CREATE TABLE LateFeeStateLimit (
    StateId        SMALLINT      NOT NULL,
    MonthlyPercent DECIMAL(5, 3) NOT NULL,
    PRIMARY KEY (StateId),
    CONSTRAINT FK_LateFeeStateLimit_State FOREIGN KEY (StateId) REFERENCES State (StateId)
) ENGINE = InnoDB;

INSERT INTO LateFeeStateLimit (StateId, MonthlyPercent)
SELECT StateId, CASE Code WHEN 'CA' THEN 0.833 WHEN 'CO' THEN 1.000 WHEN 'WA' THEN 1.000 END
  FROM State
 WHERE CountryId = 1 AND Code IN ('CA', 'CO', 'WA');
