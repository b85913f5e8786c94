/*
 * 03/08/2019 PB
 * It contains the failed ones as well.
 */

RENAME TABLE UserLogin TO LoginAttempt;
ALTER TABLE LoginAttempt RENAME COLUMN UserLoginId TO LoginAttemptId;
UPDATE RetentionRule SET TableName = 'LoginAttempt' WHERE TableName = 'UserLogin';
