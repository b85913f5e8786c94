INSERT INTO LostReason (LostReasonId, Name) VALUES
    (1, 'Price'),
    (2, 'Schedule'),
    (3, 'Went with a competitor'),
    (4, 'Does it himself'),
    (5, 'No answer'),
    (6, 'Outside of territory');
