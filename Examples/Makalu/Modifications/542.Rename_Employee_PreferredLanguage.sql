--
-- Author: A. Duarte
-- Date:   2023-08-04
-- As in the other tables.
--

ALTER TABLE Employee RENAME COLUMN PreferredLanguage TO Language;
