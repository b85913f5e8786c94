-- RM 2016-12-28: The pilot is over.

DROP TABLE FuelCard;
