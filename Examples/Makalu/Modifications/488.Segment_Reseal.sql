-- MAK-755: Sealers of more than four years: time for a call. (JS)

INSERT INTO Segment (Name, Criteria) VALUES ('Reseal', JSON_OBJECT('service', 'SEA-IMP', 'olderThanMonths', 48));
SET @reseal := LAST_INSERT_ID();

INSERT INTO SegmentMember (SegmentId, CustomerId)
SELECT DISTINCT @reseal, w.CustomerId
  FROM WorkOrder w
  JOIN WorkOrderLine l ON l.WorkOrderId = w.WorkOrderId
  JOIN ServiceType s ON s.ServiceTypeId = l.ServiceTypeId
  JOIN Customer c ON c.CustomerId = w.CustomerId
 WHERE s.Code = 'SEA-IMP'
   AND w.CompletedOn < '2018-03-01'
   AND c.AnonymizedOn IS NULL;
