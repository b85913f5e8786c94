INSERT INTO Course (Code, Title, Hours, ValidMonths, IsRequired) VALUES
    ('BAS-1', 'Stone identification', 8, NULL, 1),
    ('BAS-2', 'Chemistry of cleaners', 8, NULL, 1),
    ('POL-1', 'Marble polishing I', 24, NULL, 1),
    ('POL-2', 'Granite polishing', 24, NULL, 0),
    ('GRD-1', 'Lippage removal', 16, NULL, 0),
    ('SAF-1', 'Silica and respirators', 4, 12, 1),
    ('SAF-2', 'Electrical safety', 4, 24, 1),
    ('BUS-1', 'Estimating', 16, NULL, 0);
