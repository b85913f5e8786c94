/*
 * 07/12/2019 PB
 * Empty since three weeks.
 */

DROP TABLE EmailQueue;
