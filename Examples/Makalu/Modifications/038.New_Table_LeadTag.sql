-- RM 2013-10-03: Tags: urgent, VIP, warranty, insurance.

CREATE TABLE LeadTag (
    LeadTagId SMALLINT NOT NULL,
    Name      VARCHAR(30) NOT NULL,
    PRIMARY KEY (LeadTagId),
    UNIQUE KEY UK_LeadTag_Name (Name)
) ENGINE = InnoDB;
