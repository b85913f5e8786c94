/*
 * 08/02/2019 PB
 * The rule has to follow, else the nightly job fails.
 */

UPDATE RetentionRule SET TableName = 'Notification' WHERE TableName = 'EmailQueue';
