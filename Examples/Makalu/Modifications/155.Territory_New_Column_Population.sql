-- RM 2016-01-20: Protected: nobody else may advertise there.

ALTER TABLE Territory
    ADD COLUMN Population INT NULL,
    ADD COLUMN IsProtected TINYINT(1) NOT NULL DEFAULT 1;
