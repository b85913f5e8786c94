-- PB 2018-09-25

INSERT INTO SurveyQuestion (SurveyQuestionId, Question, SortOrder) VALUES
    (1, 'Were we on time?', 10),
    (2, 'Was the crew friendly and clean?', 20),
    (3, 'Are you happy with the stone?', 30),
    (4, 'Was the price what you expected?', 40);
