CREATE TABLE KpiTarget (
    KpiTargetId     INT NOT NULL AUTO_INCREMENT,
    FranchiseId     INT NULL,
    KpiDefinitionId SMALLINT NOT NULL,
    TargetYear      SMALLINT NOT NULL,
    TargetValue     DECIMAL(14, 4) NOT NULL,
    PRIMARY KEY (KpiTargetId),
    UNIQUE KEY UK_KpiTarget (FranchiseId, KpiDefinitionId, TargetYear),
    CONSTRAINT FK_KpiTarget_Franchise FOREIGN KEY (FranchiseId) REFERENCES Franchise (FranchiseId) ON DELETE CASCADE,
    CONSTRAINT FK_KpiTarget_KpiDefinition FOREIGN KEY (KpiDefinitionId) REFERENCES KpiDefinition (KpiDefinitionId)
) ENGINE = InnoDB;
