/*
 * 12/21/2017 PB
 * Which course teaches which skill.
 */

CREATE TABLE SkillCourse (
    SkillId  SMALLINT NOT NULL,
    CourseId INT NOT NULL,
    PRIMARY KEY (SkillId, CourseId),
    CONSTRAINT FK_SkillCourse_Skill FOREIGN KEY (SkillId) REFERENCES Skill (SkillId),
    CONSTRAINT FK_SkillCourse_Course FOREIGN KEY (CourseId) REFERENCES Course (CourseId)
) ENGINE = InnoDB;
