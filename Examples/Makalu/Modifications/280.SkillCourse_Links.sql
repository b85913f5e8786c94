-- PB 2017-12-21

INSERT INTO SkillCourse (SkillId, CourseId)
SELECT s.SkillId, c.CourseId
  FROM Skill s
  JOIN Course c ON (s.Name = 'Marble polishing' AND c.Code = 'POL-1')
                OR (s.Name = 'Granite polishing' AND c.Code = 'POL-2')
                OR (s.Name = 'Lippage grinding' AND c.Code = 'GRD-1');
