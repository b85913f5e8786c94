/*
 * 03/26/2019 PB
 * Everybody changes the password once, because of the new hash.
 */

UPDATE AppUser SET MustChangePassword = 1 WHERE IsActive = 1;
DELETE FROM PasswordReset WHERE UsedOn IS NULL;
