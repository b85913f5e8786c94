-- What the business sells, on which stone, at which price. Prices: head office list of 2013.

INSERT INTO UnitOfMeasure (UnitOfMeasureId, Code, Name) VALUES
    (1, 'SQFT', 'square foot'),
    (2, 'LNFT', 'linear foot'),
    (3, 'EACH', 'piece'),
    (4, 'HOUR', 'hour'),
    (5, 'JOB', 'whole job');

INSERT INTO ServiceCategory (ServiceCategoryId, Name, SortOrder) VALUES
    (1, 'Cleaning', 10),
    (2, 'Honing and polishing', 20),
    (3, 'Sealing', 30),
    (4, 'Repair', 40),
    (5, 'Grout and caulk', 50),
    (6, 'Maintenance', 60),
    (7, 'Travel and site', 90);

INSERT INTO ServiceType (ServiceTypeId, ServiceCategoryId, UnitOfMeasureId, Code, Name, Description) VALUES
    (1, 1, 1, 'CLN-BASIC', 'Basic stone cleaning', 'Neutral cleaner, machine scrub, rinse.'),
    (2, 1, 1, 'CLN-DEEP', 'Deep cleaning', 'Alkaline stripper; removes waxes and topical coatings.'),
    (3, 1, 1, 'CLN-EFFL', 'Efflorescence removal', 'Poultice or acid-free crystallization remover, two passes.'),
    (4, 1, 3, 'CLN-STAIN', 'Stain removal, per stain', 'Poultice matched to the stain: oil, organic, metal, ink.'),
    (5, 2, 1, 'HON-220', 'Honing to 220 grit', 'Levels light lippage and etching.'),
    (6, 2, 1, 'HON-400', 'Honing to 400 grit', 'Satin finish.'),
    (7, 2, 1, 'POL-800', 'Polishing to 800 grit', 'Semi-gloss.'),
    (8, 2, 1, 'POL-3000', 'Mirror polish', 'Diamond sequence to 3000, then powder.'),
    (9, 2, 1, 'POL-CRYS', 'Crystallization', 'Vitrification of calcareous floors.'),
    (10, 2, 1, 'GRD-LIPP', 'Lippage removal', 'Grinding flat, from 50 grit upward.'),
    (11, 3, 1, 'SEA-IMP', 'Impregnating sealer', 'Solvent based, two coats.'),
    (12, 3, 1, 'SEA-ENH', 'Color enhancing sealer', 'Darkens; always test a hidden spot first.'),
    (13, 3, 1, 'SEA-TOP', 'Topical sealer', 'Slate and terracotta only.'),
    (14, 4, 3, 'REP-CHIP', 'Chip repair', 'Epoxy or polyester fill, color matched.'),
    (15, 4, 2, 'REP-CRACK', 'Crack repair', 'Injection, clamped overnight if needed.'),
    (16, 4, 3, 'REP-TILE', 'Tile replacement', 'Without the tile.'),
    (17, 4, 3, 'REP-HOLE', 'Travertine hole filling', 'Cementitious or epoxy.'),
    (18, 4, 3, 'REP-SEAM', 'Countertop seam', 'Open, clean, re-glue, level.'),
    (19, 5, 1, 'GRT-CLEAN', 'Grout cleaning', NULL),
    (20, 5, 1, 'GRT-SEAL', 'Grout color seal', NULL),
    (21, 5, 2, 'GRT-CAULK', 'Re-caulking', 'Showers and tubs.'),
    (22, 6, 5, 'MNT-QTR', 'Quarterly maintenance visit', 'Lobby floors; price per agreement.'),
    (23, 6, 5, 'MNT-ANN', 'Annual maintenance visit', NULL),
    (24, 7, 5, 'TRV-STD', 'Travel within the territory', NULL),
    (25, 7, 4, 'SIT-PROT', 'Masking and site protection', NULL);

INSERT INTO StoneType (StoneTypeId, Name, Family) VALUES
    (1, 'Marble', 'Metamorphic'),
    (2, 'Travertine', 'Calcareous'),
    (3, 'Limestone', 'Calcareous'),
    (4, 'Granite', 'Siliceous'),
    (5, 'Slate', 'Metamorphic'),
    (6, 'Sandstone', 'Siliceous'),
    (7, 'Quartzite', 'Metamorphic'),
    (8, 'Onyx', 'Calcareous'),
    (9, 'Terrazzo', 'Manufactured'),
    (10, 'Engineered quartz', 'Manufactured'),
    (11, 'Soapstone', 'Metamorphic'),
    (12, 'Serpentine', 'Metamorphic');

INSERT INTO StoneFinish (StoneFinishId, Name) VALUES
    (1, 'Polished'), (2, 'Honed'), (3, 'Brushed'), (4, 'Tumbled'), (5, 'Flamed'), (6, 'Natural cleft');

INSERT INTO SurfaceType (SurfaceTypeId, Name) VALUES
    (1, 'Floor'), (2, 'Countertop'), (3, 'Vanity'), (4, 'Shower'), (5, 'Wall'), (6, 'Stairs'),
    (7, 'Fireplace'), (8, 'Facade'), (9, 'Pool deck'), (10, 'Monument');

INSERT INTO PriceList (PriceListId, FranchiseId, Name, ValidFrom) VALUES
    (1, NULL, 'Head office 2013', '2013-01-01');

-- Prices for every stone first, then the stones that take longer.
INSERT INTO PriceListItem (PriceListId, ServiceTypeId, StoneTypeId, UnitPrice, MinimumCharge) VALUES
    (1, 1, NULL, 0.95, 150.00),
    (1, 2, NULL, 1.75, 200.00),
    (1, 3, NULL, 2.40, 200.00),
    (1, 4, NULL, 45.00, 95.00),
    (1, 5, NULL, 3.25, 300.00),
    (1, 6, NULL, 3.95, 300.00),
    (1, 7, NULL, 4.75, 350.00),
    (1, 8, NULL, 6.50, 400.00),
    (1, 9, NULL, 2.95, 300.00),
    (1, 10, NULL, 5.50, 600.00),
    (1, 11, NULL, 1.25, 150.00),
    (1, 12, NULL, 1.85, 150.00),
    (1, 13, NULL, 1.60, 150.00),
    (1, 14, NULL, 65.00, 125.00),
    (1, 15, NULL, 28.00, 125.00),
    (1, 16, NULL, 85.00, 170.00),
    (1, 17, NULL, 6.00, 95.00),
    (1, 18, NULL, 240.00, 240.00),
    (1, 19, NULL, 1.10, 120.00),
    (1, 20, NULL, 1.95, 150.00),
    (1, 21, NULL, 7.50, 120.00),
    (1, 22, NULL, 450.00, 450.00),
    (1, 23, NULL, 380.00, 380.00),
    (1, 24, NULL, 55.00, 0.00),
    (1, 25, NULL, 48.00, 0.00);

INSERT INTO PriceListItem (PriceListId, ServiceTypeId, StoneTypeId, UnitPrice, MinimumCharge)
SELECT i.PriceListId, i.ServiceTypeId, s.StoneTypeId, ROUND(i.UnitPrice * 1.35, 2), i.MinimumCharge
  FROM PriceListItem i
  JOIN StoneType s ON s.Name IN ('Granite', 'Quartzite')
 WHERE i.ServiceTypeId IN (5, 6, 7, 8, 10) AND i.StoneTypeId IS NULL
 ORDER BY i.PriceListItemId, s.StoneTypeId;

INSERT INTO PriceListItem (PriceListId, ServiceTypeId, StoneTypeId, UnitPrice, MinimumCharge)
SELECT i.PriceListId, i.ServiceTypeId, 8, i.UnitPrice * 1.6, 500.00
  FROM PriceListItem i
 WHERE i.ServiceTypeId BETWEEN 5 AND 8 AND i.StoneTypeId IS NULL
 ORDER BY i.PriceListItemId;

INSERT INTO Supplier (SupplierId, Name, Phone, Email) VALUES
    (1, 'Diamond Abrasives Supply', '800-555-0110', 'orders@diamond-abrasives.example'),
    (2, 'Carrara Chemicals', '800-555-0121', 'sales@carrara-chemicals.example'),
    (3, 'Floor Machines of Ohio', '614-555-0134', 'parts@floormachines.example'),
    (4, 'Seal & Shine Wholesale', '305-555-0145', 'info@sealshine.example'),
    (5, 'Northwest Safety Gear', '206-555-0156', 'desk@nwsafety.example');

INSERT INTO ProductCategory (ProductCategoryId, Name) VALUES
    (1, 'Abrasives'), (2, 'Chemicals'), (3, 'Sealers'), (4, 'Machines'), (5, 'Protection'), (6, 'Retail');

INSERT INTO Product (ProductId, ProductCategoryId, SupplierId, Sku, Name, UnitCost, UnitPrice) VALUES
    (1, 1, 1, 'DIA-050', 'Diamond disc 50 grit, 3 in', 11.40, 0),
    (2, 1, 1, 'DIA-100', 'Diamond disc 100 grit, 3 in', 11.40, 0),
    (3, 1, 1, 'DIA-220', 'Diamond disc 220 grit, 3 in', 11.40, 0),
    (4, 1, 1, 'DIA-400', 'Diamond disc 400 grit, 3 in', 11.40, 0),
    (5, 1, 1, 'DIA-800', 'Diamond disc 800 grit, 3 in', 12.10, 0),
    (6, 1, 1, 'DIA-3000', 'Diamond disc 3000 grit, 3 in', 13.80, 0),
    (7, 2, 2, 'POW-5X', 'Polishing powder 5X, 1 lb', 24.00, 0),
    (8, 2, 2, 'CRY-K2', 'Crystallizer K-2, 1 gal', 41.00, 0),
    (9, 2, 2, 'CLN-N7', 'Neutral cleaner concentrate, 5 gal', 62.50, 0),
    (10, 2, 2, 'STR-ALK', 'Alkaline stripper, 5 gal', 88.00, 0),
    (11, 3, 4, 'SEA-SLV', 'Impregnator, solvent, 1 gal', 96.00, 0),
    (12, 3, 4, 'SEA-WTR', 'Impregnator, water, 1 gal', 71.00, 0),
    (13, 3, 4, 'SEA-ENH', 'Enhancer, 1 gal', 104.00, 0),
    (14, 4, 3, 'MAC-175', 'Floor machine 175 rpm, 17 in', 1190.00, 0),
    (15, 4, 3, 'MAC-PLN', 'Planetary grinder, three heads', 5400.00, 0),
    (16, 4, 3, 'MAC-VAC', 'Wet vacuum, 18 gal', 640.00, 0),
    (17, 5, 5, 'SAF-RSP', 'Half-mask respirator', 17.90, 0),
    (18, 5, 5, 'SAF-GLV', 'Nitrile gloves, 100', 9.20, 0),
    (19, 6, 2, 'RET-SPRAY', 'Daily stone spray, 24 oz', 3.10, 11.95),
    (20, 6, 2, 'RET-KIT', 'Marble care kit', 14.50, 49.00);
