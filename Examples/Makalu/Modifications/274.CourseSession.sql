-- PB 2017-12-08

CREATE TABLE CourseSession (
    CourseSessionId INT NOT NULL AUTO_INCREMENT,
    CourseId        INT NOT NULL,
    StartsOn        DATETIME NOT NULL,
    Seats           SMALLINT NOT NULL DEFAULT 12,
    Trainer         VARCHAR(80) NULL,
    Location        VARCHAR(120) NULL,
    PRIMARY KEY (CourseSessionId),
    CONSTRAINT FK_CourseSession_Course FOREIGN KEY (CourseId) REFERENCES Course (CourseId)
) ENGINE = InnoDB;
