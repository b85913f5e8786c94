-- PB 2016-08-15

UPDATE Product SET IsHazardous = 1 WHERE Sku IN ('STR-ALK', 'CRY-K2', 'SEA-SLV', 'SEA-ENH');
