-- JS 2018-04-03

UPDATE JobTitle SET IsField = Name IN ('Lead technician', 'Technician', 'Helper', 'Apprentice', 'Field consultant');
