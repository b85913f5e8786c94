/*
 * 03/03/2016 PB
 * There will be other documents soon.
 */

RENAME TABLE Document TO FranchiseDocument;
ALTER TABLE FranchiseDocument CHANGE COLUMN DocumentId FranchiseDocumentId INT NOT NULL AUTO_INCREMENT;
