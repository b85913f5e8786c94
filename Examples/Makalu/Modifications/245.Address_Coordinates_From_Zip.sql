/*
 * 06/05/2017 PB
 * The middle of the ZIP code is good enough until the geocoder has been there.
 */

UPDATE Address a
  JOIN Zip z ON z.ZipCode = a.ZipCode
   SET a.Latitude = z.Latitude,
       a.Longitude = z.Longitude
 WHERE a.Latitude IS NULL;
