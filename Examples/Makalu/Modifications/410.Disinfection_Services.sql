-- JS 2020-05-20

INSERT INTO ServiceType (ServiceCategoryId, UnitOfMeasureId, Code, Name, Description) VALUES
    (8, 1, 'DIS-FLOOR', 'Floor disinfection', 'Quaternary; never bleach on marble!'),
    (8, 5, 'DIS-LOBBY', 'Lobby, high touch surfaces', NULL);

INSERT INTO PriceListItem (PriceListId, ServiceTypeId, StoneTypeId, UnitPrice, MinimumCharge)
SELECT 1, ServiceTypeId, NULL, IF(Code = 'DIS-FLOOR', 0.35, 180.00), 180.00
  FROM ServiceType
 WHERE Code IN ('DIS-FLOOR', 'DIS-LOBBY')
 ORDER BY ServiceTypeId;
