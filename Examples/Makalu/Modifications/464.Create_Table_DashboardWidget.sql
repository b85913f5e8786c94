-- ml 2021-09-17

CREATE TABLE DashboardWidget (
    DashboardWidgetId INT NOT NULL AUTO_INCREMENT,
    AppUserId         INT NOT NULL,
    KpiDefinitionId   SMALLINT NOT NULL,
    Position          SMALLINT NOT NULL DEFAULT 0,
    Options           JSON NULL,
    PRIMARY KEY (DashboardWidgetId),
    CONSTRAINT FK_DashboardWidget_AppUser FOREIGN KEY (AppUserId) REFERENCES AppUser (AppUserId) ON DELETE CASCADE,
    CONSTRAINT FK_DashboardWidget_KpiDefinition FOREIGN KEY (KpiDefinitionId) REFERENCES KpiDefinition (KpiDefinitionId)
) ENGINE = InnoDB;
