-- MAK-802: Single prices change in between. (JS)

ALTER TABLE `PriceListItem` ADD COLUMN `ValidFrom` DATE NULL;
