CREATE TABLE SalesLeadTag (
    SalesLeadId INT NOT NULL,
    LeadTagId   SMALLINT NOT NULL,
    PRIMARY KEY (SalesLeadId, LeadTagId),
    CONSTRAINT FK_SalesLeadTag_SalesLead FOREIGN KEY (SalesLeadId) REFERENCES SalesLead (SalesLeadId) ON DELETE CASCADE,
    CONSTRAINT FK_SalesLeadTag_LeadTag FOREIGN KEY (LeadTagId) REFERENCES LeadTag (LeadTagId)
) ENGINE = InnoDB;
