/*
 * 04/07/2017 PB
 * Step 8.
 */

UPDATE Customer c JOIN Address a ON a.OldCustomerId = c.CustomerId SET c.BillingAddressId = a.AddressId;
UPDATE Franchise f JOIN Address a ON a.OldFranchiseId = f.FranchiseId SET f.AddressId = a.AddressId;
