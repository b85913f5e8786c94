/*
 * 04/07/2017 PB
 * Step 7: the new columns and their keys.
 */

ALTER TABLE Customer
    ADD COLUMN BillingAddressId INT NULL,
    ADD CONSTRAINT FK_Customer_Address_Billing FOREIGN KEY (BillingAddressId) REFERENCES Address (AddressId);
ALTER TABLE Franchise
    ADD COLUMN AddressId INT NULL,
    ADD CONSTRAINT FK_Franchise_Address FOREIGN KEY (AddressId) REFERENCES Address (AddressId);
