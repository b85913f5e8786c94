/*
 * 07/20/2015 PB
 * Churches and schools.
 */

CREATE TABLE TaxExemption (
    TaxExemptionId    INT NOT NULL AUTO_INCREMENT,
    CustomerId        INT NOT NULL,
    CertificateNumber VARCHAR(40) NOT NULL,
    StateId           SMALLINT NOT NULL,
    ValidTo           DATE NULL,
    PRIMARY KEY (TaxExemptionId),
    CONSTRAINT FK_TaxExemption_Customer FOREIGN KEY (CustomerId) REFERENCES Customer (CustomerId) ON DELETE CASCADE,
    CONSTRAINT FK_TaxExemption_State FOREIGN KEY (StateId) REFERENCES State (StateId)
) ENGINE = InnoDB;
