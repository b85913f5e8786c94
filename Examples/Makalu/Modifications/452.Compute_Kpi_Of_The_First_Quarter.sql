--
-- Author: A. Duarte
-- Date:   2021-07-27
-- The books of the training center, for the demo. This script calls a procedure.
--

CALL sp_ComputeKpi('2012-10-01');
CALL sp_ComputeKpi('2012-11-01');
CALL sp_ComputeKpi('2012-12-01');
