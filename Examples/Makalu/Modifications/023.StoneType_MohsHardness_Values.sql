-- RM 2013-05-08

UPDATE StoneType SET MohsHardness = 3.0 WHERE Name IN ('Marble', 'Limestone', 'Travertine', 'Onyx', 'Serpentine');
UPDATE StoneType SET MohsHardness = 6.5 WHERE Name IN ('Granite', 'Sandstone');
UPDATE StoneType SET MohsHardness = 7.0 WHERE Name IN ('Quartzite', 'Engineered quartz');
UPDATE StoneType SET MohsHardness = 5.5 WHERE Name = 'Slate';
UPDATE StoneType SET MohsHardness = 1.0 WHERE Name = 'Soapstone';
