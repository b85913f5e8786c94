CREATE VIEW vw_CrewSkill AS
SELECT c.CrewId, c.FranchiseId, c.Name AS CrewName, s.SkillId, s.Name AS SkillName, MAX(es.Grade) AS BestGrade
  FROM Crew c
  JOIN CrewMember m ON m.CrewId = c.CrewId
  JOIN EmployeeSkill es ON es.EmployeeId = m.EmployeeId
  JOIN Skill s ON s.SkillId = es.SkillId
 GROUP BY c.CrewId, c.FranchiseId, c.Name, s.SkillId, s.Name;
