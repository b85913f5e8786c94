-- ml 2021-09-27

ALTER TABLE DashboardWidget RENAME COLUMN Position TO SortOrder;
