/*
 * 11/09/2015 PB
 * Royalties are settled by calendar month.
 */

CREATE TABLE RoyaltyPeriod (
    RoyaltyPeriodId INT NOT NULL AUTO_INCREMENT,
    PeriodStart     DATE NOT NULL,
    PeriodEnd       DATE NOT NULL,
    IsClosed        TINYINT(1) NOT NULL DEFAULT 0,
    PRIMARY KEY (RoyaltyPeriodId),
    UNIQUE KEY UK_RoyaltyPeriod_Start (PeriodStart)
) ENGINE = InnoDB;
