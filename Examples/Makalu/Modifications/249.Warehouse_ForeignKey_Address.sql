-- RM 2017-06-08

ALTER TABLE Warehouse
    ADD CONSTRAINT FK_Warehouse_Address FOREIGN KEY (AddressId)
        REFERENCES Address (AddressId);
