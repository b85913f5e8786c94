--
-- Author: A. Duarte
-- Date:   2021-02-18
-- Reports become rows, so that adding one is not a release.
--

CREATE TABLE ReportDefinition (
    ReportDefinitionId INT NOT NULL AUTO_INCREMENT,
    Code               VARCHAR(40) NOT NULL,
    Title              VARCHAR(120) NOT NULL,
    ViewName           VARCHAR(64) NOT NULL,
    Parameters         JSON NULL,
    IsActive           TINYINT(1) NOT NULL DEFAULT 1,
    PRIMARY KEY (ReportDefinitionId),
    UNIQUE KEY UK_ReportDefinition_Code (Code)
);
