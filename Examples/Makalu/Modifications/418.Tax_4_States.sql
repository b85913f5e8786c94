--
-- Author: A. Duarte
-- Date:   2020-07-27
-- The rates of the states move over.
--

INSERT INTO TaxAuthority (StateId, Level, Name)
SELECT DISTINCT s.StateId, 'State', s.Name
  FROM State s
  JOIN TaxRate r ON r.StateId = s.StateId
 ORDER BY s.StateId;

INSERT INTO TaxAuthorityRate (TaxAuthorityId, Percent, ValidFrom)
SELECT a.TaxAuthorityId, r.Percent, r.ValidFrom
  FROM TaxRate r
  JOIN TaxAuthority a ON a.StateId = r.StateId AND a.Level = 'State'
 ORDER BY a.TaxAuthorityId, r.TaxRateId;
