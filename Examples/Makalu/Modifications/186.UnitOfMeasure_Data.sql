-- RM 2016-08-05

INSERT INTO UnitOfMeasure (UnitOfMeasureId, Code, Name) VALUES
    (6, 'GAL', 'gallon'),
    (7, 'BOX', 'box'),
    (8, 'LB', 'pound');
