--
-- Author: A. Duarte
-- Date:   2019-07-08
-- Finger on the screen counts as signature.
--

CREATE TABLE Signature (
    SignatureId INT NOT NULL AUTO_INCREMENT,
    EstimateId  INT NOT NULL,
    SignerName  VARCHAR(100) NOT NULL,
    SignedOn    DATETIME NOT NULL,
    IpAddress   VARCHAR(45) NULL,
    Image       MEDIUMBLOB NULL,
    PRIMARY KEY (SignatureId),
    CONSTRAINT FK_Signature_Estimate FOREIGN KEY (EstimateId) REFERENCES Estimate (EstimateId)
);
