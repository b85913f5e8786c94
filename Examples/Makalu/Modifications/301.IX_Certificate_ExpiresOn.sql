-- MAK-411: Mail sixty days before. (JS)

CREATE INDEX `IX_Certificate_ExpiresOn` ON `Certificate` (`ExpiresOn`);
