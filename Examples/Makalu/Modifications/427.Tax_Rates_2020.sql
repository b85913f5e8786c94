--
-- Author: A. Duarte
-- Date:   2020-09-24
-- New rates of three states since July.
--

SET @from := '2020-07-01';

UPDATE TaxAuthorityRate r
  JOIN TaxAuthority a ON a.TaxAuthorityId = r.TaxAuthorityId
  JOIN State s ON s.StateId = a.StateId
   SET r.ValidTo = DATE_SUB(@from, INTERVAL 1 DAY)
 WHERE s.Code IN ('CA', 'OH', 'GA') AND a.AuthorityLevel = 'State' AND r.ValidTo IS NULL;

INSERT INTO TaxAuthorityRate (TaxAuthorityId, Percent, ValidFrom)
SELECT a.TaxAuthorityId, CASE s.Code WHEN 'CA' THEN 7.250 WHEN 'OH' THEN 5.750 ELSE 4.000 END, @from
  FROM TaxAuthority a
  JOIN State s ON s.StateId = a.StateId
 WHERE s.Code IN ('CA', 'OH', 'GA') AND a.AuthorityLevel = 'State'
 ORDER BY a.TaxAuthorityId;
