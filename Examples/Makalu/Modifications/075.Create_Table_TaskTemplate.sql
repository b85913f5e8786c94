CREATE TABLE TaskTemplate (
    TaskTemplateId    INT NOT NULL AUTO_INCREMENT,
    ServiceCategoryId SMALLINT NOT NULL,
    Title             VARCHAR(120) NOT NULL,
    SortOrder         SMALLINT NOT NULL DEFAULT 0,
    PRIMARY KEY (TaskTemplateId),
    CONSTRAINT FK_TaskTemplate_ServiceCategory FOREIGN KEY (ServiceCategoryId) REFERENCES ServiceCategory (ServiceCategoryId)
) ENGINE = InnoDB;
