/*
 * 05/19/2017 PB
 * Two addresses had codes that don't exist. Corrected by phone.
 */

ALTER TABLE Address
    ADD CONSTRAINT FK_Address_Zip_ZipCode FOREIGN KEY (ZipCode)
        REFERENCES Zip (ZipCode);
