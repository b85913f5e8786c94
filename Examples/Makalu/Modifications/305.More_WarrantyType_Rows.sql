-- PB 2018-05-25

INSERT INTO WarrantyType (WarrantyTypeId, Name, Months) VALUES
    (1, 'Workmanship', 12),
    (2, 'Sealer, five years', 60),
    (3, 'Sealer, ten years', 120),
    (4, 'Color seal of grout', 84);
