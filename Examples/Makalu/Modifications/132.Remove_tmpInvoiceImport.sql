/*
 * 08/11/2015 PB
 * Dallas is through.
 */

DROP TABLE tmpInvoiceImport;
