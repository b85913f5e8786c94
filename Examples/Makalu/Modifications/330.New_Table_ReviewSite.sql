-- PB 2018-10-24

CREATE TABLE ReviewSite (
    ReviewSiteId SMALLINT NOT NULL,
    Name         VARCHAR(40) NOT NULL,
    Url          VARCHAR(200) NOT NULL,
    PRIMARY KEY (ReviewSiteId)
) ENGINE = InnoDB;
