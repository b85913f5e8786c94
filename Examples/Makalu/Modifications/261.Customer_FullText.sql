/*
 * 07/25/2017 PB
 * Search box. The company and both names.
 */

ALTER TABLE Customer ADD FULLTEXT INDEX FT_Customer_Names (CompanyName, FirstName, LastName);
