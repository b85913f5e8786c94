-- RM 2014-08-05: May go to the web site.

ALTER TABLE WorkOrderPhoto ADD COLUMN IsPublic TINYINT(1) NOT NULL DEFAULT 0;
