INSERT INTO SurveyQuestion (SurveyQuestionId, Question, SortOrder) VALUES
    (5, 'What could we do better?', 50);
