-- ml 2021-12-22

UPDATE Franchise
   SET Region = CASE TimeZone
                    WHEN 'America/New_York' THEN 'East'
                    WHEN 'America/Chicago' THEN 'Central'
                    ELSE 'West'
                END;
