-- PB 2018-09-13

CREATE TABLE SurveyAnswer (
    SurveyId         INT NOT NULL,
    SurveyQuestionId SMALLINT NOT NULL,
    Score            TINYINT NULL,
    Answer           VARCHAR(500) NULL,
    PRIMARY KEY (SurveyId, SurveyQuestionId),
    CONSTRAINT FK_SurveyAnswer_Survey FOREIGN KEY (SurveyId) REFERENCES Survey (SurveyId) ON DELETE CASCADE,
    CONSTRAINT FK_SurveyAnswer_SurveyQuestion FOREIGN KEY (SurveyQuestionId) REFERENCES SurveyQuestion (SurveyQuestionId)
) ENGINE = InnoDB;
