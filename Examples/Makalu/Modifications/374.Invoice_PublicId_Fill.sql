-- MAK-543: The same for invoices. (JS)

UPDATE Invoice SET PublicId = UUID() WHERE PublicId IS NULL;
ALTER TABLE Invoice MODIFY COLUMN PublicId CHAR(36) NOT NULL DEFAULT (UUID());
ALTER TABLE Invoice ADD UNIQUE INDEX UK_Invoice_PublicId (PublicId);
