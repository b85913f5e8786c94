/*
 * 05/03/2017 PB
 * Step 12, franchises.
 */

ALTER TABLE Franchise
    DROP COLUMN Address1,
    DROP COLUMN Address2,
    DROP COLUMN CityName,
    DROP COLUMN StateCode,
    DROP COLUMN ZipCode;
