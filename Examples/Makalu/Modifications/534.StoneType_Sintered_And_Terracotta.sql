INSERT INTO StoneType (StoneTypeId, Name, Family, MohsHardness, IsAcidSensitive) VALUES
    (13, 'Sintered stone', 'Sintered', 7.0, 0),
    (14, 'Terracotta', 'Manufactured', 3.0, 1),
    (15, 'Dolomite', 'Calcareous', 3.5, 1);
