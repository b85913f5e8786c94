-- RM 2015-02-09: Somebody entered twenty payments of nothing.

ALTER TABLE Payment ADD CONSTRAINT CK_Payment_Amount CHECK (Amount <> 0);
