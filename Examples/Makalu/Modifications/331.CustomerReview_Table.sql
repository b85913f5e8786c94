/*
 * 11/02/2018 PB
 * Imported once a week.
 */

CREATE TABLE CustomerReview (
    CustomerReviewId INT NOT NULL AUTO_INCREMENT,
    ReviewSiteId     SMALLINT NOT NULL,
    FranchiseId      INT NOT NULL,
    Stars            TINYINT NOT NULL,
    Author           VARCHAR(80) NULL,
    Body             TEXT NULL,
    PostedOn         DATE NOT NULL,
    PRIMARY KEY (CustomerReviewId),
    CONSTRAINT FK_CustomerReview_ReviewSite FOREIGN KEY (ReviewSiteId) REFERENCES ReviewSite (ReviewSiteId),
    CONSTRAINT FK_CustomerReview_Franchise FOREIGN KEY (FranchiseId) REFERENCES Franchise (FranchiseId)
) ENGINE = InnoDB;
