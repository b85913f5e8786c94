/*
 * 09/13/2018 PB
 * Marketing wants more questions after all.
 */

CREATE TABLE SurveyQuestion (
    SurveyQuestionId SMALLINT NOT NULL,
    Question         VARCHAR(200) NOT NULL,
    SortOrder        SMALLINT NOT NULL DEFAULT 0,
    IsActive         TINYINT(1) NOT NULL DEFAULT 1,
    PRIMARY KEY (SurveyQuestionId)
) ENGINE = InnoDB;
