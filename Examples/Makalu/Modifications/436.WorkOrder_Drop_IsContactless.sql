--
-- Author: A. Duarte
-- Date:   2020-12-02
-- Not used since October; a tag does it.
--

ALTER TABLE WorkOrder DROP COLUMN IsContactless;
