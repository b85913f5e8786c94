--
-- Author: A. Duarte
-- Date:   2019-06-28
-- Links in mails must not show the running number.
--

ALTER TABLE Estimate ADD COLUMN PublicId CHAR(36) NULL;
