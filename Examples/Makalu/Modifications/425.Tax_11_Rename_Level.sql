--
-- Author: A. Duarte
-- Date:   2020-09-03
-- The report tool again.
--

ALTER TABLE TaxAuthority RENAME COLUMN Level TO AuthorityLevel;
