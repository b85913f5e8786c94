CREATE TABLE KpiDefinition (
    KpiDefinitionId SMALLINT NOT NULL,
    Code            VARCHAR(30) NOT NULL,
    Name            VARCHAR(80) NOT NULL,
    Direction       ENUM ('Up', 'Down') NOT NULL DEFAULT 'Up',
    PRIMARY KEY (KpiDefinitionId),
    UNIQUE KEY UK_KpiDefinition_Code (Code)
) ENGINE = InnoDB;
