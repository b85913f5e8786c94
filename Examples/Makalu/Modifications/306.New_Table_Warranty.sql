-- JS 2018-05-28

CREATE TABLE `Warranty` (
    `WarrantyId`     INT NOT NULL AUTO_INCREMENT,
    `WorkOrderId`    INT NOT NULL,
    `WarrantyTypeId` SMALLINT NOT NULL,
    `StartsOn`       DATE NOT NULL,
    `EndsOn`         DATE NOT NULL,
    PRIMARY KEY (`WarrantyId`),
    UNIQUE KEY `UK_Warranty` (`WorkOrderId`, `WarrantyTypeId`),
    CONSTRAINT `FK_Warranty_WorkOrder` FOREIGN KEY (`WorkOrderId`) REFERENCES `WorkOrder` (`WorkOrderId`),
    CONSTRAINT `FK_Warranty_WarrantyType` FOREIGN KEY (`WarrantyTypeId`) REFERENCES `WarrantyType` (`WarrantyTypeId`)
);
