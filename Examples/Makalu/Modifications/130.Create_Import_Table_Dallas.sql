/*
 * 08/07/2015 PB
 * For the import of Dallas, who kept their books in a spreadsheet. To be dropped
 * afterwards.
 */

CREATE TABLE tmpInvoiceImport (
    InvoiceNumber VARCHAR(20) NOT NULL,
    CustomerName  VARCHAR(100) NULL,
    Amount        DECIMAL(10, 2) NULL,
    PRIMARY KEY (InvoiceNumber)
) ENGINE = InnoDB;
