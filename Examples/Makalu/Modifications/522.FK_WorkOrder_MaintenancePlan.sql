ALTER TABLE `WorkOrder`
    ADD CONSTRAINT `FK_WorkOrder_MaintenancePlan` FOREIGN KEY (`MaintenancePlanId`)
        REFERENCES `MaintenancePlan` (`MaintenancePlanId`) ON DELETE SET NULL;
