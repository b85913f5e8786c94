/*
 * 08/11/2016 PB
 * The wet vacuum has 18 gal in its name but is not sold by the gallon.
 */

UPDATE Product SET UnitOfMeasureId = 3 WHERE Sku = 'MAC-VAC';
