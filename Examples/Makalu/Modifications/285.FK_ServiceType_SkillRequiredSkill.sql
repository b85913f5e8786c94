-- PB 2018-01-26

ALTER TABLE ServiceType
    ADD CONSTRAINT FK_ServiceType_Skill_RequiredSkill FOREIGN KEY (RequiredSkillId)
        REFERENCES Skill (SkillId);
