ALTER TABLE `LateFee`
    ADD CONSTRAINT `FK_LateFee_LateFeeRun` FOREIGN KEY (`LateFeeRunId`)
        REFERENCES `LateFeeRun` (`LateFeeRunId`);
