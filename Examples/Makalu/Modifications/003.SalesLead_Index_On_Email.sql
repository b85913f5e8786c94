-- RM 2013-03-13: Duplicate search while typing.

CREATE INDEX IX_SalesLead_Email ON SalesLead (Email);
