ALTER TABLE Customer
    ADD CONSTRAINT FK_Customer_Customer_MergedInto FOREIGN KEY (MergedIntoId)
        REFERENCES Customer (CustomerId);
