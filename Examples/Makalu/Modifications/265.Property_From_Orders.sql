/*
 * 08/02/2017 PB
 * All addresses that we have worked at, with the surfaces from their estimates.
 */

INSERT INTO Property (AddressId, Kind)
SELECT DISTINCT w.ServiceAddressId, CASE c.CustomerTypeId WHEN 2 THEN 'Office' WHEN 3 THEN 'Hotel' ELSE 'House' END
  FROM WorkOrder w
  JOIN Customer c ON c.CustomerId = w.CustomerId
 WHERE w.ServiceAddressId IS NOT NULL
 ORDER BY 1, 2;

INSERT INTO PropertySurface (PropertyId, SurfaceTypeId, StoneTypeId, SquareFeet)
SELECT p.PropertyId, a.SurfaceTypeId, a.StoneTypeId, a.SquareFeet
  FROM Property p
  JOIN Estimate e ON e.ServiceAddressId = p.AddressId
  JOIN EstimateArea a ON a.EstimateId = e.EstimateId
 WHERE e.Status = 'Accepted'
 ORDER BY p.PropertyId, a.EstimateAreaId;
