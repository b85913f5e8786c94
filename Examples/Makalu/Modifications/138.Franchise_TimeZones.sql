-- PB 2015-09-04

UPDATE Franchise
   SET TimeZone = CASE StateCode
                      WHEN 'TX' THEN 'America/Chicago'
                      WHEN 'IL' THEN 'America/Chicago'
                      WHEN 'CO' THEN 'America/Denver'
                      WHEN 'AZ' THEN 'America/Phoenix'
                      WHEN 'WA' THEN 'America/Los_Angeles'
                      WHEN 'CA' THEN 'America/Los_Angeles'
                      ELSE 'America/New_York'
                  END;
