/*
 * 05/02/2017 PB
 * Step 12, customers. No way back from here but the backup.
 */

ALTER TABLE Customer
    DROP COLUMN Address1,
    DROP COLUMN Address2,
    DROP COLUMN CityName,
    DROP COLUMN StateCode,
    DROP COLUMN ZipCode,
    DROP COLUMN ZipPlus4;
