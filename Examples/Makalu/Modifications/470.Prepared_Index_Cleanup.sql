-- Staging has this index from an experiment, production has not. Drop it only where it is.

SET @there := (SELECT COUNT(*)
                 FROM information_schema.STATISTICS
                WHERE TABLE_SCHEMA = DATABASE()
                  AND TABLE_NAME = 'Estimate'
                  AND INDEX_NAME = 'IX_Estimate_Experiment');
SET @command := IF(@there > 0, 'ALTER TABLE Estimate DROP INDEX IX_Estimate_Experiment', 'DO 0');
PREPARE cleanup FROM @command;
EXECUTE cleanup;
DEALLOCATE PREPARE cleanup;
