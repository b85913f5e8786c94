UPDATE Product SET UnitOfMeasureId = 6 WHERE Name LIKE '%gal%';
UPDATE Product SET UnitOfMeasureId = 8 WHERE Name LIKE '%lb%';
UPDATE Product SET UnitOfMeasureId = 7 WHERE Name LIKE '%gloves%';
UPDATE Product SET UnitOfMeasureId = 3 WHERE UnitOfMeasureId IS NULL;
ALTER TABLE Product MODIFY COLUMN UnitOfMeasureId SMALLINT NOT NULL;
