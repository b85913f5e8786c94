-- RM 2013-05-08: Needed for the choice of abrasives.

ALTER TABLE StoneType ADD COLUMN MohsHardness DECIMAL(3, 1) NULL;
