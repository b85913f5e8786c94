-- ml 2021-04-15

INSERT INTO KpiDefinition (KpiDefinitionId, Code, Name, Direction) VALUES
    (1, 'leads', 'New leads', 'Up'),
    (2, 'closing', 'Closing rate, percent', 'Up'),
    (3, 'ticket', 'Average job', 'Up'),
    (4, 'rework', 'Rework, percent of jobs', 'Down'),
    (5, 'dso', 'Days until paid', 'Down'),
    (6, 'nps', 'Net promoter score', 'Up');
