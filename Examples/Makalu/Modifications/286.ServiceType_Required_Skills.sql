UPDATE ServiceType SET RequiredSkillId = 1 WHERE Code IN ('POL-800', 'POL-3000', 'POL-CRYS');
UPDATE ServiceType SET RequiredSkillId = 3 WHERE Code = 'GRD-LIPP';
UPDATE ServiceType SET RequiredSkillId = 4 WHERE Code LIKE 'SEA-%';
UPDATE ServiceType SET RequiredSkillId = 5 WHERE Code LIKE 'REP-%';
UPDATE ServiceType SET RequiredSkillId = 6 WHERE Code LIKE 'GRT-%';
