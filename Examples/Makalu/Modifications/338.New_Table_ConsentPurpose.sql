/*
 * 12/27/2018 PB
 * California is coming, two customers from Europe have asked already.
 */

CREATE TABLE ConsentPurpose (
    ConsentPurposeId SMALLINT NOT NULL,
    Code             VARCHAR(30) NOT NULL,
    Description      VARCHAR(300) NOT NULL,
    PRIMARY KEY (ConsentPurposeId),
    UNIQUE KEY UK_ConsentPurpose_Code (Code)
) ENGINE = InnoDB;
