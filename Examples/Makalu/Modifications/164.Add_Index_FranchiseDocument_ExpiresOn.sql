/*
 * 03/30/2016 PB
 * Insurance papers run out.
 */

CREATE INDEX IX_FranchiseDocument_ExpiresOn ON FranchiseDocument (ExpiresOn);
