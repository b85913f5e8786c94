-- MAK-327: Only digits; the program formats them. (JS)

UPDATE Customer SET Phone = REGEXP_REPLACE(Phone, '[^0-9+]', '') WHERE Phone IS NOT NULL;
UPDATE CustomerContact SET Phone = REGEXP_REPLACE(Phone, '[^0-9+]', '') WHERE Phone IS NOT NULL;
UPDATE SalesLead SET Phone = REGEXP_REPLACE(Phone, '[^0-9+]', '') WHERE Phone IS NOT NULL;
