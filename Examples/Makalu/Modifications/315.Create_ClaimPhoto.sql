-- JS 2018-09-03

CREATE TABLE `ClaimPhoto` (
    `ClaimPhotoId`    INT NOT NULL AUTO_INCREMENT,
    `WarrantyClaimId` INT NOT NULL,
    `FileName`        VARCHAR(200) NOT NULL,
    PRIMARY KEY (`ClaimPhotoId`),
    CONSTRAINT `FK_ClaimPhoto_WarrantyClaim` FOREIGN KEY (`WarrantyClaimId`) REFERENCES `WarrantyClaim` (`WarrantyClaimId`) ON DELETE CASCADE
);
