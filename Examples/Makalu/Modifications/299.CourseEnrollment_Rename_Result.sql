-- MAK-405: RESULT clashes with a helper of the report tool. (JS)

ALTER TABLE `CourseEnrollment` RENAME COLUMN `Result` TO `Outcome`;
