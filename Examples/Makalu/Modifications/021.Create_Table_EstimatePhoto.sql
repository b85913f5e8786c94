-- RM 2013-05-08: Estimators take pictures with their phones now.

CREATE TABLE EstimatePhoto (
    EstimatePhotoId INT NOT NULL AUTO_INCREMENT,
    EstimateId      INT NOT NULL,
    EstimateAreaId  INT NULL,
    FileName        VARCHAR(200) NOT NULL,
    Caption         VARCHAR(120) NULL,
    UploadedOn      DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
    PRIMARY KEY (EstimatePhotoId),
    CONSTRAINT FK_EstimatePhoto_Estimate FOREIGN KEY (EstimateId) REFERENCES Estimate (EstimateId) ON DELETE CASCADE,
    CONSTRAINT FK_EstimatePhoto_EstimateArea FOREIGN KEY (EstimateAreaId) REFERENCES EstimateArea (EstimateAreaId) ON DELETE SET NULL
) ENGINE = InnoDB;
