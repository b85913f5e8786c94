/*
 * 08/26/2016 PB
 * From the book of the training center.
 */

INSERT INTO ServiceProduct (ServiceTypeId, ProductId, QuantityPerUnit)
SELECT s.ServiceTypeId, p.ProductId, v.Quantity
  FROM (SELECT 'HON-220' AS Service, 'DIA-220' AS Sku, 0.0050 AS Quantity
        UNION ALL SELECT 'HON-400', 'DIA-220', 0.0050
        UNION ALL SELECT 'HON-400', 'DIA-400', 0.0050
        UNION ALL SELECT 'POL-800', 'DIA-800', 0.0045
        UNION ALL SELECT 'POL-3000', 'DIA-3000', 0.0045
        UNION ALL SELECT 'POL-3000', 'POW-5X', 0.0100
        UNION ALL SELECT 'SEA-IMP', 'SEA-SLV', 0.0080
        UNION ALL SELECT 'SEA-ENH', 'SEA-ENH', 0.0090) v
  JOIN ServiceType s ON s.Code = v.Service COLLATE utf8mb4_unicode_ci
  JOIN Product p ON p.Sku = v.Sku COLLATE utf8mb4_unicode_ci;
