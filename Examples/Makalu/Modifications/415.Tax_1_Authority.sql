/*
 * 07/13/2020 PB
 * Tax 1: state rates are not enough any more.
 */

CREATE TABLE TaxAuthority (
    TaxAuthorityId INT NOT NULL AUTO_INCREMENT,
    StateId        SMALLINT NOT NULL,
    Level          ENUM ('State', 'County', 'City', 'District') NOT NULL,
    Name           VARCHAR(80) NOT NULL,
    PRIMARY KEY (TaxAuthorityId),
    UNIQUE KEY UK_TaxAuthority (StateId, Level, Name),
    CONSTRAINT FK_TaxAuthority_State FOREIGN KEY (StateId) REFERENCES State (StateId)
) ENGINE = InnoDB;
