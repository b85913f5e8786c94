/*
 * 03/26/2019 PB
 * The new algorithm writes longer hashes.
 */

ALTER TABLE AppUser MODIFY COLUMN PasswordHash VARCHAR(255) NULL;
