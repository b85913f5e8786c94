-- MAK-589: What the portal may see of an estimate, and nothing else. (JS)

CREATE SQL SECURITY INVOKER VIEW vw_PortalEstimate AS
SELECT e.PublicId, e.EstimateNumber, e.EstimatedOn, e.ValidUntil, e.Status, e.TotalAmount, a.Line1, a.CityName
  FROM Estimate e
  LEFT JOIN Address a ON a.AddressId = e.ServiceAddressId
 WHERE e.Status <> 'Draft';
