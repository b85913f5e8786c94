-- RM 2013-05-28: The phone system looks up callers by number.

CREATE INDEX IX_Customer_Phone ON Customer (Phone);
