-- RM 2014-01-27: Same colors on the wall and on the screen.

ALTER TABLE Crew ADD COLUMN Color CHAR(7) NULL;
