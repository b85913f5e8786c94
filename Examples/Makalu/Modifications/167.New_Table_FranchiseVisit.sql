/*
 * 04/28/2016 PB
 * Quality visits by the head office.
 */

CREATE TABLE FranchiseVisit (
    FranchiseVisitId INT NOT NULL AUTO_INCREMENT,
    FranchiseId      INT NOT NULL,
    VisitedOn        DATE NOT NULL,
    VisitorUserId    INT NOT NULL,
    Score            TINYINT NULL,
    Findings         TEXT NULL,
    PRIMARY KEY (FranchiseVisitId),
    CONSTRAINT FK_FranchiseVisit_Franchise FOREIGN KEY (FranchiseId) REFERENCES Franchise (FranchiseId),
    CONSTRAINT FK_FranchiseVisit_AppUser_VisitorUser FOREIGN KEY (VisitorUserId) REFERENCES AppUser (AppUserId)
) ENGINE = InnoDB;
