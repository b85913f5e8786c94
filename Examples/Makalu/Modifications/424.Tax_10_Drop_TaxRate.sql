-- MAK-658: The last reader is gone. (JS)

DROP TABLE `TaxRate`;
