-- JS 2018-06-11

UPDATE ServiceType SET WarrantyTypeId = 1 WHERE ServiceCategoryId IN (2, 4);
UPDATE ServiceType SET WarrantyTypeId = 2 WHERE Code IN ('SEA-IMP', 'SEA-ENH');
UPDATE ServiceType SET WarrantyTypeId = 4 WHERE Code = 'GRT-SEAL';
