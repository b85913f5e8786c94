/*
 * 12/10/2018 PB
 * Is question five now.
 */

ALTER TABLE Survey DROP COLUMN Comments;
