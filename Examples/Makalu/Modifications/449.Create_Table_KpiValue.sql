CREATE TABLE KpiValue (
    FranchiseId     INT NOT NULL,
    KpiDefinitionId SMALLINT NOT NULL,
    PeriodStart     DATE NOT NULL,
    KpiValue        DECIMAL(14, 4) NULL,
    PRIMARY KEY (FranchiseId, KpiDefinitionId, PeriodStart),
    CONSTRAINT FK_KpiValue_Franchise FOREIGN KEY (FranchiseId) REFERENCES Franchise (FranchiseId) ON DELETE CASCADE,
    CONSTRAINT FK_KpiValue_KpiDefinition FOREIGN KEY (KpiDefinitionId) REFERENCES KpiDefinition (KpiDefinitionId)
) ENGINE = InnoDB;
