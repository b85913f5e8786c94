--
-- Author: A. Duarte
-- Date:   2020-12-18
-- Sum of what was let off; the auditors ask.
--

ALTER TABLE FranchiseAgreement ADD COLUMN ReliefAmount DECIMAL(10, 2) NULL;
