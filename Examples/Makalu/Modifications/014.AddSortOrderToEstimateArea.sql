-- RM 2013-04-16: Rooms in the order in which the estimator walked.

ALTER TABLE EstimateArea ADD COLUMN SortOrder SMALLINT NOT NULL DEFAULT 0;
