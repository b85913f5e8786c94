-- RM 2013-05-17: Red triangle on the work order: no acids!

ALTER TABLE StoneType ADD COLUMN IsAcidSensitive TINYINT(1) NOT NULL DEFAULT 0;
