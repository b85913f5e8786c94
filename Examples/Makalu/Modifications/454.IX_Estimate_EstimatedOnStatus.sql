--
-- Author: A. Duarte
-- Date:   2021-08-03
-- For the closing rate.
--

CREATE INDEX IX_Estimate_EstimatedOnStatus ON Estimate (EstimatedOn, Status);
