--
-- Author: A. Duarte
-- Date:   2023-08-04
-- The job account could write everything. It runs procedures; nothing else.
--

REVOKE makalu_writer FROM 'makalu_jobs'@'localhost';
GRANT EXECUTE ON PROCEDURE sp_ChargeLateFees TO 'makalu_jobs'@'localhost';
GRANT EXECUTE ON PROCEDURE sp_ComputeKpi TO 'makalu_jobs'@'localhost';
GRANT EXECUTE ON PROCEDURE sp_ApplyRetention TO 'makalu_jobs'@'localhost';
