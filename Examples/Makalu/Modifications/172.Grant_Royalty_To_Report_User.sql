/*
 * 05/17/2016 PB
 * Column rights: the report user must not see tax numbers.
 */

REVOKE makalu_reader FROM 'makalu_report'@'localhost';
GRANT SELECT ON RoyaltyStatement TO 'makalu_report'@'localhost';
GRANT SELECT ON RoyaltyPeriod TO 'makalu_report'@'localhost';
GRANT SELECT (FranchiseId, Code, Name, Status, OpenedOn) ON Franchise TO 'makalu_report'@'localhost';
