-- MAK-808: No. A new list instead. (JS)

ALTER TABLE `PriceListItem` DROP COLUMN `ValidFrom`;
