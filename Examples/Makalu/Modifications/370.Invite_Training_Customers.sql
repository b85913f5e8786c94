--
-- Author: A. Duarte
-- Date:   2019-06-28
-- Pilot: the practice customers of the training center.
--

INSERT INTO PortalInvitation (CustomerId, TokenHash)
SELECT c.CustomerId, SHA2(CONCAT('pilot-', c.CustomerId), 256)
  FROM Customer c
  JOIN Franchise f ON f.FranchiseId = c.FranchiseId
 WHERE f.Code = 'TRN' AND c.Email IS NOT NULL
 ORDER BY c.CustomerId
 LIMIT 20;
