--
-- Author: A. Duarte
-- Date:   2020-07-31
-- Sum of all authorities for a ZIP code. The old function stays until the program uses the new
-- one.
--

DELIMITER $$

CREATE FUNCTION fn_TaxPercentForZip(pZip CHAR(5), pOn DATE)
RETURNS DECIMAL(6, 3)
READS SQL DATA
BEGIN
    DECLARE vPercent DECIMAL(6, 3);
    SELECT SUM(r.Percent) INTO vPercent
      FROM Zip z
      JOIN TaxAuthority a ON a.StateId = z.StateId
      JOIN TaxAuthorityRate r ON r.TaxAuthorityId = a.TaxAuthorityId
                             AND r.ValidFrom <= pOn AND COALESCE(r.ValidTo, '9999-12-31') >= pOn
     WHERE z.ZipCode = pZip
       AND (a.Level = 'State'
            OR EXISTS (SELECT 1 FROM TaxAuthorityZip x
                        WHERE x.TaxAuthorityId = a.TaxAuthorityId AND x.ZipCode = z.ZipCode));
    RETURN COALESCE(vPercent, 0);
END$$

DELIMITER ;
