-- PB 2018-11-09

CREATE VIEW vw_QualityByFranchise AS
SELECT f.FranchiseId,
       f.Code,
       (SELECT COUNT(*) FROM WorkOrder w WHERE w.FranchiseId = f.FranchiseId AND w.CompletedOn IS NOT NULL) AS Completed,
       (SELECT COUNT(*) FROM WorkOrder w WHERE w.FranchiseId = f.FranchiseId AND w.IsRework = 1) AS Rework,
       (SELECT COUNT(*) FROM Complaint c WHERE c.FranchiseId = f.FranchiseId) AS Complaints,
       (SELECT ROUND(AVG(r.Stars), 2) FROM CustomerReview r WHERE r.FranchiseId = f.FranchiseId) AS Stars
  FROM Franchise f;
