ALTER TABLE `MaintenancePlan` ADD CONSTRAINT `CK_MaintenancePlan_EveryMonths` CHECK (EveryMonths IN (1, 2, 3, 6, 12));
