/*
 * 07/13/2015 PB
 * Lines get 10, 20, 30 as in estimates.
 */

UPDATE InvoiceLine l
  JOIN (SELECT InvoiceLineId,
               ROW_NUMBER() OVER (PARTITION BY InvoiceId ORDER BY InvoiceLineId) * 10 AS n
          FROM InvoiceLine) x ON x.InvoiceLineId = l.InvoiceLineId
   SET l.SortOrder = x.n;
