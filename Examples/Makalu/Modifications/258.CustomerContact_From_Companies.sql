-- MAK-319: Every company gets the person that is in its name fields as first contact. (JS)

INSERT INTO CustomerContact (CustomerId, Name, ContactRole, IsPrimary, Phone, Email)
SELECT CustomerId, fn_FullName(FirstName, LastName), 'Decision', 1, Phone, Email
  FROM Customer
 WHERE CompanyName IS NOT NULL
 ORDER BY CustomerId;
