/*
 * 01/29/2019 PB
 * How long we keep what.
 */

CREATE TABLE RetentionRule (
    TableName  VARCHAR(64) NOT NULL,
    KeepMonths SMALLINT NOT NULL,
    DateColumn VARCHAR(64) NOT NULL,
    PRIMARY KEY (TableName)
) ENGINE = InnoDB;
