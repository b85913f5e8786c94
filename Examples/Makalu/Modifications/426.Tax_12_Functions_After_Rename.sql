--
-- Author: A. Duarte
-- Date:   2020-09-14
-- Both functions still read Level. Recompiling is not a thing here: drop and create.
--

DROP FUNCTION fn_TaxPercent;
DROP FUNCTION fn_TaxPercentForZip;

DELIMITER $$

CREATE FUNCTION fn_TaxPercent(pStateId SMALLINT, pOn DATE)
RETURNS DECIMAL(6, 3)
READS SQL DATA
BEGIN
    DECLARE vPercent DECIMAL(6, 3);
    SELECT MAX(r.Percent) INTO vPercent
      FROM TaxAuthority a
      JOIN TaxAuthorityRate r ON r.TaxAuthorityId = a.TaxAuthorityId
     WHERE a.StateId = pStateId
       AND a.AuthorityLevel = 'State'
       AND pOn BETWEEN r.ValidFrom AND COALESCE(r.ValidTo, '9999-12-31');
    RETURN COALESCE(vPercent, 0);
END$$

CREATE FUNCTION fn_TaxPercentForZip(pZip CHAR(5), pOn DATE)
RETURNS DECIMAL(6, 3)
READS SQL DATA
BEGIN
    DECLARE vPercent DECIMAL(6, 3);
    SELECT SUM(r.Percent) INTO vPercent
      FROM Zip z
      JOIN TaxAuthority a ON a.StateId = z.StateId
      JOIN TaxAuthorityRate r ON r.TaxAuthorityId = a.TaxAuthorityId
                             AND pOn BETWEEN r.ValidFrom AND COALESCE(r.ValidTo, '9999-12-31')
     WHERE z.ZipCode = pZip
       AND (a.AuthorityLevel = 'State'
            OR EXISTS (SELECT 1 FROM TaxAuthorityZip x
                        WHERE x.TaxAuthorityId = a.TaxAuthorityId AND x.ZipCode = z.ZipCode));
    RETURN COALESCE(vPercent, 0);
END$$

DELIMITER ;
