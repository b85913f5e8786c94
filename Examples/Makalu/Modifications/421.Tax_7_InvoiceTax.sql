--
-- Author: A. Duarte
-- Date:   2020-09-01
-- The tax returns want it by authority.
--

CREATE TABLE InvoiceTax (
    InvoiceId      INT NOT NULL,
    TaxAuthorityId INT NOT NULL,
    TaxableAmount  DECIMAL(10, 2) NOT NULL,
    Percent        DECIMAL(6, 3) NOT NULL,
    TaxAmount      DECIMAL(10, 2) NOT NULL,
    PRIMARY KEY (InvoiceId, TaxAuthorityId),
    CONSTRAINT FK_InvoiceTax_Invoice FOREIGN KEY (InvoiceId) REFERENCES Invoice (InvoiceId) ON DELETE CASCADE,
    CONSTRAINT FK_InvoiceTax_TaxAuthority FOREIGN KEY (TaxAuthorityId) REFERENCES TaxAuthority (TaxAuthorityId)
);
