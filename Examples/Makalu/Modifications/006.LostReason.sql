-- RM 2013-03-15: Why did we lose the job? Free text told us nothing.

CREATE TABLE LostReason (
    LostReasonId SMALLINT NOT NULL,
    Name         VARCHAR(60) NOT NULL,
    PRIMARY KEY (LostReasonId)
) ENGINE = InnoDB;
