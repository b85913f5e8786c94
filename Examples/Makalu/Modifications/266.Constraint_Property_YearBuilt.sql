/*
 * 10/04/2017 PB
 * Oldest so far: a church of 1764.
 */

ALTER TABLE Property ADD CONSTRAINT CK_Property_YearBuilt CHECK (YearBuilt BETWEEN 1600 AND 2100);
