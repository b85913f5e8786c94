-- ml 2023-01-03

INSERT INTO AccountMapping (FranchiseId, ServiceCategoryId, AccountNumber)
SELECT NULL, ServiceCategoryId, CONCAT('4', LPAD(ServiceCategoryId * 10, 3, '0')) FROM ServiceCategory
 ORDER BY ServiceCategoryId;
