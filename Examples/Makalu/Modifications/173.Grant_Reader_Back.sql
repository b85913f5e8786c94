/*
 * 05/20/2016 PB
 * Half of the reports broke on Monday. Views instead, one day.
 */

GRANT makalu_reader TO 'makalu_report'@'localhost';
