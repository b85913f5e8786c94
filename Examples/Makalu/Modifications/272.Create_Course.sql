/*
 * 11/24/2017 PB
 * The school gets its own module.
 */

CREATE TABLE Course (
    CourseId    INT NOT NULL AUTO_INCREMENT,
    Code        VARCHAR(20) NOT NULL,
    Title       VARCHAR(120) NOT NULL,
    Hours       DECIMAL(5, 1) NOT NULL,
    ValidMonths SMALLINT NULL,
    IsRequired  TINYINT(1) NOT NULL DEFAULT 0,
    PRIMARY KEY (CourseId),
    UNIQUE KEY UK_Course_Code (Code)
) ENGINE = InnoDB;
