/*
 * 08/21/2019 PB
 * Mail for all who have an address, text messages for all with a mobile number.
 */

INSERT INTO NotificationPreference (CustomerId, Channel)
SELECT CustomerId, 'Mail' FROM Customer WHERE Email IS NOT NULL
UNION ALL
SELECT CustomerId, 'Sms' FROM Customer WHERE MobilePhone IS NOT NULL;
