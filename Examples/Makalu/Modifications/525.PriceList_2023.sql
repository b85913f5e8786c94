-- MAK-799: Ten percent on everything but travel. The old list ends in June. (JS)

UPDATE PriceList SET ValidTo = '2023-06-30' WHERE PriceListId = 1 AND ValidTo IS NULL;
INSERT INTO PriceList (FranchiseId, Name, ValidFrom) VALUES (NULL, 'Head office 2023', '2023-07-01');
SET @list := LAST_INSERT_ID();

INSERT INTO PriceListItem (PriceListId, ServiceTypeId, StoneTypeId, UnitPrice, MinimumCharge)
SELECT @list,
       i.ServiceTypeId,
       i.StoneTypeId,
       ROUND(i.UnitPrice * IF(s.Code LIKE 'TRV-%', 1, 1.10), 2),
       i.MinimumCharge
  FROM PriceListItem i
  JOIN ServiceType s ON s.ServiceTypeId = i.ServiceTypeId
 WHERE i.PriceListId = 1
 ORDER BY i.PriceListItemId;
