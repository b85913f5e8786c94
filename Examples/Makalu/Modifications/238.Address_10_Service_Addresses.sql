/*
 * 04/26/2017 PB
 * Step 10: estimates and orders happen at an address.
 */

INSERT INTO CustomerAddress (CustomerId, AddressId)
SELECT CustomerId, BillingAddressId FROM Customer WHERE BillingAddressId IS NOT NULL;

ALTER TABLE Estimate ADD COLUMN ServiceAddressId INT NULL;
ALTER TABLE WorkOrder ADD COLUMN ServiceAddressId INT NULL;
UPDATE Estimate e JOIN Customer c ON c.CustomerId = e.CustomerId SET e.ServiceAddressId = c.BillingAddressId;
UPDATE WorkOrder w JOIN Customer c ON c.CustomerId = w.CustomerId SET w.ServiceAddressId = c.BillingAddressId;
ALTER TABLE Estimate
    ADD CONSTRAINT FK_Estimate_Address_Service FOREIGN KEY (ServiceAddressId) REFERENCES Address (AddressId);
ALTER TABLE WorkOrder
    ADD CONSTRAINT FK_WorkOrder_Address_Service FOREIGN KEY (ServiceAddressId) REFERENCES Address (AddressId);
