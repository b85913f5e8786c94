-- JS 2018-06-07

ALTER TABLE `ServiceType`
    ADD CONSTRAINT `FK_ServiceType_WarrantyType` FOREIGN KEY (`WarrantyTypeId`)
        REFERENCES `WarrantyType` (`WarrantyTypeId`);
