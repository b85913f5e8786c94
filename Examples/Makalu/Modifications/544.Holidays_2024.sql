INSERT INTO Holiday (HolidayDate, Name, IsOfficeClosed) VALUES
    ('2024-01-01', 'New Year''s Day', 1),
    ('2024-05-27', 'Memorial Day', 1),
    ('2024-06-19', 'Juneteenth', 1),
    ('2024-07-04', 'Independence Day', 1),
    ('2024-09-02', 'Labor Day', 1),
    ('2024-11-28', 'Thanksgiving', 1),
    ('2024-12-25', 'Christmas Day', 1);
