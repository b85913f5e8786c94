ALTER TABLE `LateFee`
    ADD CONSTRAINT `FK_LateFee_LateFeeRule` FOREIGN KEY (`LateFeeRuleId`)
        REFERENCES `LateFeeRule` (`LateFeeRuleId`);
