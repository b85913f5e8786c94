/*
 * 05/19/2017 PB
 * For the route planner.
 */

ALTER TABLE Address
    ADD COLUMN Latitude DECIMAL(9, 6) NULL,
    ADD COLUMN Longitude DECIMAL(9, 6) NULL;
