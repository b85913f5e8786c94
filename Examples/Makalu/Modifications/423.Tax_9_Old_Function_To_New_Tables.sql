-- AD 2020-09-01

DROP FUNCTION fn_TaxPercent;

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
       AND a.Level = 'State'
       AND pOn BETWEEN r.ValidFrom AND COALESCE(r.ValidTo, '9999-12-31');
    RETURN COALESCE(vPercent, 0);
END$$
DELIMITER ;
