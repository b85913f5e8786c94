/*
 * 10/26/2017 PB
 * The file name has a blank in it, sorry. Most of a state's people live in this zone.
 */

ALTER TABLE State ADD COLUMN TimeZone VARCHAR(40) NULL;
UPDATE State SET TimeZone = 'America/New_York'
 WHERE Code IN ('CT', 'DE', 'DC', 'FL', 'GA', 'IN', 'KY', 'ME', 'MD', 'MA', 'MI', 'NH', 'NJ', 'NY', 'NC', 'OH',
                'PA', 'RI', 'SC', 'VT', 'VA', 'WV');
UPDATE State SET TimeZone = 'America/Chicago'
 WHERE Code IN ('AL', 'AR', 'IL', 'IA', 'KS', 'LA', 'MN', 'MS', 'MO', 'NE', 'ND', 'OK', 'SD', 'TN', 'TX', 'WI');
UPDATE State SET TimeZone = 'America/Denver' WHERE Code IN ('CO', 'ID', 'MT', 'NM', 'UT', 'WY');
UPDATE State SET TimeZone = 'America/Phoenix' WHERE Code = 'AZ';
UPDATE State SET TimeZone = 'America/Los_Angeles' WHERE Code IN ('CA', 'NV', 'OR', 'WA');
UPDATE State SET TimeZone = 'America/Anchorage' WHERE Code = 'AK';
UPDATE State SET TimeZone = 'Pacific/Honolulu' WHERE Code = 'HI';
