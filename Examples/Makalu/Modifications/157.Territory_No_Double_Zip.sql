-- RM 2016-02-17: A ZIP code belongs to one territory only. Tampa and Miami fought over two; the
-- older owner keeps them.

DELETE later
  FROM TerritoryZip later
  JOIN TerritoryZip first ON first.ZipCode = later.ZipCode AND first.TerritoryId < later.TerritoryId;

ALTER TABLE TerritoryZip ADD UNIQUE INDEX UK_TerritoryZip_ZipCode (ZipCode);
ALTER TABLE TerritoryZip DROP INDEX IX_TerritoryZip_ZipCode;
