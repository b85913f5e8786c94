ALTER TABLE Supplier
    ADD CONSTRAINT FK_Supplier_Address FOREIGN KEY (AddressId)
        REFERENCES Address (AddressId);
