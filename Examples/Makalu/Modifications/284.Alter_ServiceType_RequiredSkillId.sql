/*
 * 01/26/2018 PB
 * The planner warns when a crew cannot do the job.
 */

ALTER TABLE ServiceType ADD COLUMN RequiredSkillId SMALLINT NULL;
