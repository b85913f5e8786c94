-- RM 2013-05-17: Everything calcareous, and marble.

UPDATE StoneType
   SET IsAcidSensitive = 1
 WHERE Family = 'Calcareous' OR Name IN ('Marble', 'Terrazzo', 'Serpentine');
