/*
 * 07/08/2019 PB
 * AcceptedBy and AcceptedOn become signatures.
 */

INSERT INTO Signature (EstimateId, SignerName, SignedOn)
SELECT EstimateId, AcceptedBy, AcceptedOn
  FROM Estimate
 WHERE AcceptedBy IS NOT NULL AND AcceptedOn IS NOT NULL
 ORDER BY EstimateId;
ALTER TABLE Estimate DROP COLUMN AcceptedBy;
