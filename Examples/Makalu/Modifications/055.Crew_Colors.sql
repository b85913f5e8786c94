-- RM 2014-02-04

UPDATE Crew SET Color = '#2a5caa' WHERE Name = 'Blue';
UPDATE Crew SET Color = '#808080' WHERE Name = 'Gray';
UPDATE Crew SET Color = '#b0b0b0' WHERE Color IS NULL;
