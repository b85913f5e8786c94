CREATE TABLE `WarrantyClaim` (
    `WarrantyClaimId` INT NOT NULL AUTO_INCREMENT,
    `WarrantyId`      INT NOT NULL,
    `ReportedOn`      DATE NOT NULL,
    `Description`     TEXT NOT NULL,
    `Decision`        ENUM ('Open', 'Accepted', 'Rejected', 'Goodwill') NOT NULL DEFAULT 'Open',
    `DecidedOn`       DATE NULL,
    `ReworkOrderId`   INT NULL,
    PRIMARY KEY (`WarrantyClaimId`),
    CONSTRAINT `FK_WarrantyClaim_Warranty` FOREIGN KEY (`WarrantyId`) REFERENCES `Warranty` (`WarrantyId`),
    CONSTRAINT `FK_WarrantyClaim_WorkOrder_ReworkOrder` FOREIGN KEY (`ReworkOrderId`) REFERENCES `WorkOrder` (`WorkOrderId`)
);
