/*
 * 01/21/2019 PB
 * Photos that are public had a signed paper. Enter it.
 */

INSERT INTO CustomerConsent (CustomerId, ConsentPurposeId, GivenOn, Source)
SELECT DISTINCT w.CustomerId, 3, p.TakenOn, 'paper form'
  FROM WorkOrderPhoto p
  JOIN WorkOrder w ON w.WorkOrderId = p.WorkOrderId
 WHERE p.IsPublic = 1
 ORDER BY w.CustomerId, p.TakenOn;
