-- RM 2014-01-13

INSERT INTO AppointmentType (AppointmentTypeId, Name, Color, DefaultMinutes) VALUES
    (1, 'Estimate visit', '#4a7ebb', 60),
    (2, 'Work', '#7eb04a', 480),
    (3, 'Follow-up', '#c0a03c', 30),
    (4, 'Internal', '#9a9a9a', 60);
