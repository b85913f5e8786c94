-- RM 2015-02-10: Transaction ids of the new card terminal.

ALTER TABLE Payment MODIFY COLUMN Reference VARCHAR(100) NULL;
