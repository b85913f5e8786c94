-- ml 2021-07-27

ALTER TABLE KpiValue ADD INDEX IX_KpiValue_PeriodStartKpiDefinitionId (PeriodStart, KpiDefinitionId);
