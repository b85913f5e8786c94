-- RM 2013-11-07: Calendar of next year.

INSERT INTO Holiday (HolidayDate, Name, IsOfficeClosed) VALUES
    ('2014-01-01', 'New Year''s Day', 1),
    ('2014-02-17', 'Presidents'' Day', 0),
    ('2014-05-26', 'Memorial Day', 1),
    ('2014-07-04', 'Independence Day', 1),
    ('2014-09-01', 'Labor Day', 1),
    ('2014-11-27', 'Thanksgiving', 1),
    ('2014-12-25', 'Christmas Day', 1);
