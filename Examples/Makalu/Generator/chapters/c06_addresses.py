"""2017: addresses get a table of their own, customers are cleaned up."""

from history import add, check, chapter, create, drop, fk, index, ins, mod, ren, sql

chapter("2017-02-01", "2017-10-31")

create("Address", """
    Id! INT
    Line1 VARCHAR(100) NOT NULL
    Line2 VARCHAR(100) NULL
    CityName VARCHAR(60) NULL
    StateId SMALLINT NULL
    ZipCode CHAR(5) NULL
    ZipPlus4 CHAR(4) NULL
    CreatedOn DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP
    """, "Step 1 of 12: addresses live in Customer and in Franchise and nowhere else, but customers have several houses.", """
    KEY IX_Address_ZipCode (ZipCode)
    StateId -> State
    """, name="Address_01_Create_Table")
sql("Address_02_Split_Zip_Plus4", "Step 2: '43085-1234' was typed into the ZIP code. Split it.", """
    ALTER TABLE Customer ADD COLUMN ZipPlus4 CHAR(4) NULL AFTER ZipCode;
    UPDATE Customer
       SET ZipPlus4 = SUBSTRING(ZipCode, 7, 4),
           ZipCode = LEFT(ZipCode, 5)
     WHERE ZipCode LIKE '_____-____';
    """, kind="data migration")
sql("Address_03_Zip_Type", "Step 3: now every one is five digits.", """
    UPDATE Customer SET ZipCode = NULL WHERE ZipCode NOT REGEXP '^[0-9]{5}$';
    ALTER TABLE Customer MODIFY COLUMN ZipCode CHAR(5) NULL;
    """, kind="column type")
add("Address", "OldCustomerId INT NULL; OldFranchiseId INT NULL", "Step 4: where a row came from, until step 11.", name="Address_04_Origin")
sql("Address_05_Copy_Customers", "Step 5.", """
    INSERT INTO Address (Line1, Line2, CityName, StateId, ZipCode, ZipPlus4, CreatedOn, OldCustomerId)
    SELECT c.Address1, c.Address2, c.CityName, s.StateId, c.ZipCode, c.ZipPlus4, c.CreatedOn, c.CustomerId
      FROM Customer c
      LEFT JOIN State s ON s.Code = c.StateCode AND s.CountryId = 1
     WHERE c.Address1 IS NOT NULL
     ORDER BY c.CustomerId;
    """)
sql("Address_06_Copy_Franchises", "Step 6.", """
    INSERT INTO Address (Line1, Line2, CityName, StateId, ZipCode, OldFranchiseId)
    SELECT f.Address1, f.Address2, f.CityName, s.StateId, f.ZipCode, f.FranchiseId
      FROM Franchise f
      LEFT JOIN State s ON s.Code = f.StateCode AND s.CountryId = 1
     WHERE f.Address1 IS NOT NULL
     ORDER BY f.FranchiseId;
    """)
sql("Address_07_Links", "Step 7: the new columns and their keys.", """
    ALTER TABLE Customer
        ADD COLUMN BillingAddressId INT NULL,
        ADD CONSTRAINT FK_Customer_Address_Billing FOREIGN KEY (BillingAddressId) REFERENCES Address (AddressId);
    ALTER TABLE Franchise
        ADD COLUMN AddressId INT NULL,
        ADD CONSTRAINT FK_Franchise_Address FOREIGN KEY (AddressId) REFERENCES Address (AddressId);
    """)
sql("Address_08_Fill_Links", "Step 8.", """
    UPDATE Customer c JOIN Address a ON a.OldCustomerId = c.CustomerId SET c.BillingAddressId = a.AddressId;
    UPDATE Franchise f JOIN Address a ON a.OldFranchiseId = f.FranchiseId SET f.AddressId = a.AddressId;
    """)
create("CustomerAddress", """
    CustomerId INT NOT NULL
    AddressId INT NOT NULL
    Label VARCHAR(40) NOT NULL DEFAULT 'Home'
    """, "Step 9: the places where we work. The billing address is one of them, to begin with.", """
    PRIMARY KEY (CustomerId, AddressId)
    CustomerId -> Customer ON DELETE CASCADE
    AddressId -> Address
    """, name="Address_09_CustomerAddress")
sql("Address_10_Service_Addresses", "Step 10: estimates and orders happen at an address.", """
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
    """, kind="data migration")
drop("Address", "OldCustomerId, OldFranchiseId", "Step 11: checked on staging for two weeks.", name="Address_11_Drop_Origin")
drop("Customer", "Address1, Address2, CityName, StateCode, ZipCode, ZipPlus4", "Step 12, customers. No way back from here but the backup.", name="Address_12_Drop_Customer_Columns")
drop("Franchise", "Address1, Address2, CityName, StateCode, ZipCode", "Step 12, franchises.", name="Address_12_Drop_Franchise_Columns")
sql("View_Customer_Address", "The mail merge of the office still wants one flat row.", """
    CREATE VIEW vw_CustomerMailing AS
    SELECT c.CustomerId,
           c.FranchiseId,
           COALESCE(c.CompanyName, fn_FullName(c.FirstName, c.LastName)) AS Addressee,
           a.Line1,
           a.Line2,
           a.CityName,
           s.Code AS StateCode,
           CONCAT(a.ZipCode, COALESCE(CONCAT('-', a.ZipPlus4), '')) AS Zip
      FROM Customer c
      LEFT JOIN Address a ON a.AddressId = c.BillingAddressId
      LEFT JOIN State s ON s.StateId = a.StateId;
    """)
fk("Address", "ZipCode", "Zip", "Two addresses had codes that don't exist. Corrected by phone.", parent_column="ZipCode", name="Address_Zip_ForeignKey")
add("Address", "Latitude DECIMAL(9, 6) NULL; Longitude DECIMAL(9, 6) NULL", "For the route planner.")
sql("Address_Coordinates_From_Zip", "The middle of the ZIP code is good enough until the geocoder has been there.", """
    UPDATE Address a
      JOIN Zip z ON z.ZipCode = a.ZipCode
       SET a.Latitude = z.Latitude,
           a.Longitude = z.Longitude
     WHERE a.Latitude IS NULL;
    """)
add("Supplier", "AddressId INT NULL")
fk("Supplier", "AddressId", "Address")
add("Warehouse", "AddressId INT NULL")
fk("Warehouse", "AddressId", "Address")
sql("Warehouse_Address_From_Franchise", "", """
    UPDATE Warehouse w
      JOIN Franchise f ON f.FranchiseId = w.FranchiseId
       SET w.AddressId = f.AddressId
     WHERE w.Kind = 'Building';
    """)
mod("Address", "Line1 VARCHAR(120) NOT NULL")
mod("Customer", "CompanyName VARCHAR(150) NULL")
add("Customer", "IsActive TINYINT(1) NOT NULL DEFAULT 1")
add("Customer", "MergedIntoId INT NULL", "Double customers: the one that loses points to the one that stays.")
fk("Customer", "MergedIntoId", "Customer", parent_column="CustomerId")
sql("Procedure_Merge_Customers", "", """
    DELIMITER $$

    CREATE PROCEDURE sp_MergeCustomers(IN pLoser INT, IN pWinner INT)
    MODIFIES SQL DATA
    BEGIN
        IF pLoser = pWinner THEN
            SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'A customer cannot be merged into itself';
        END IF;
        UPDATE Estimate SET CustomerId = pWinner WHERE CustomerId = pLoser;
        UPDATE WorkOrder SET CustomerId = pWinner WHERE CustomerId = pLoser;
        UPDATE Invoice SET CustomerId = pWinner WHERE CustomerId = pLoser;
        UPDATE SalesLead SET CustomerId = pWinner WHERE CustomerId = pLoser;
        UPDATE CustomerNote SET CustomerId = pWinner WHERE CustomerId = pLoser;
        UPDATE CustomerContact SET CustomerId = pWinner WHERE CustomerId = pLoser;
        UPDATE IGNORE CustomerAddress SET CustomerId = pWinner WHERE CustomerId = pLoser;
        UPDATE Customer SET IsActive = 0, MergedIntoId = pWinner WHERE CustomerId = pLoser;
    END$$

    DELIMITER ;
    """)
add("CustomerContact", "ContactRole ENUM ('Billing', 'OnSite', 'Decision', 'Other') NOT NULL DEFAULT 'Other'; IsPrimary TINYINT(1) NOT NULL DEFAULT 0", after="Name")
sql("CustomerContact_From_Companies", "Every company gets the person that is in its name fields as first contact.", """
    INSERT INTO CustomerContact (CustomerId, Name, ContactRole, IsPrimary, Phone, Email)
    SELECT CustomerId, fn_FullName(FirstName, LastName), 'Decision', 1, Phone, Email
      FROM Customer
     WHERE CompanyName IS NOT NULL
     ORDER BY CustomerId;
    """)
sql("Customer_Normalize_Phone", "Only digits; the program formats them.", """
    UPDATE Customer SET Phone = REGEXP_REPLACE(Phone, '[^0-9+]', '') WHERE Phone IS NOT NULL;
    UPDATE CustomerContact SET Phone = REGEXP_REPLACE(Phone, '[^0-9+]', '') WHERE Phone IS NOT NULL;
    UPDATE SalesLead SET Phone = REGEXP_REPLACE(Phone, '[^0-9+]', '') WHERE Phone IS NOT NULL;
    """)
index("CustomerContact", "Email")
sql("Customer_FullText", "Search box. The company and both names.", """
    ALTER TABLE Customer ADD FULLTEXT INDEX FT_Customer_Names (CompanyName, FirstName, LastName);
    """, kind="index")
create("CustomerTag", """
    CustomerId INT NOT NULL
    Tag VARCHAR(30) NOT NULL
    """, "Free words, unlike the tags of leads.", "PRIMARY KEY (CustomerId, Tag)\nCustomerId -> Customer ON DELETE CASCADE")
create("Property", """
    Id! INT
    AddressId INT NOT NULL
    Name VARCHAR(80) NULL
    YearBuilt SMALLINT NULL
    Kind ENUM ('House', 'Condo', 'Office', 'Hotel', 'Church', 'Other') NOT NULL DEFAULT 'House'
    """, "A building keeps its history when the owner changes.", "AddressId -> Address")
create("PropertySurface", """
    Id! INT
    PropertyId INT NOT NULL
    SurfaceTypeId SMALLINT NOT NULL
    StoneTypeId SMALLINT NULL
    SquareFeet DECIMAL(9, 2) NULL
    InstalledOn DATE NULL
    """, "", "PropertyId -> Property ON DELETE CASCADE\nSurfaceTypeId -> SurfaceType\nStoneTypeId -> StoneType")
sql("Property_From_Orders", "All addresses that we have worked at, with the surfaces from their estimates.", """
    INSERT INTO Property (AddressId, Kind)
    SELECT DISTINCT w.ServiceAddressId, CASE c.CustomerTypeId WHEN 2 THEN 'Office' WHEN 3 THEN 'Hotel' ELSE 'House' END
      FROM WorkOrder w
      JOIN Customer c ON c.CustomerId = w.CustomerId
     WHERE w.ServiceAddressId IS NOT NULL
     ORDER BY 1, 2;

    INSERT INTO PropertySurface (PropertyId, SurfaceTypeId, StoneTypeId, SquareFeet)
    SELECT p.PropertyId, a.SurfaceTypeId, a.StoneTypeId, a.SquareFeet
      FROM Property p
      JOIN Estimate e ON e.ServiceAddressId = p.AddressId
      JOIN EstimateArea a ON a.EstimateId = e.EstimateId
     WHERE e.Status = 'Accepted'
     ORDER BY p.PropertyId, a.EstimateAreaId;
    """)
check("Property", "YearBuilt", "YearBuilt BETWEEN 1600 AND 2100", "Oldest so far: a church of 1764.")
ins("CustomerType", "CustomerTypeId, Name", "(6, 'Church')\n(7, 'Public building')")
ren("Property", "Name", "PropertyName")
add("City", "CountyName VARCHAR(60) NULL", "Counties decide about sales tax in some states.")
sql("City_Index_On_Name", "", "CREATE INDEX IX_City_Name ON City (Name);", kind="index")
sql("State_Time_Zone Default", "The file name has a blank in it, sorry. Most of a state's people live in this zone.", """
    ALTER TABLE State ADD COLUMN TimeZone VARCHAR(40) NULL;
    UPDATE State SET TimeZone = 'America/New_York'
     WHERE Code IN ('CT', 'DE', 'DC', 'FL', 'GA', 'IN', 'KY', 'ME', 'MD', 'MA', 'MI', 'NH', 'NJ', 'NY', 'NC', 'OH',
                    'PA', 'RI', 'SC', 'VT', 'VA', 'WV');
    UPDATE State SET TimeZone = 'America/Chicago'
     WHERE Code IN ('AL', 'AR', 'IL', 'IA', 'KS', 'LA', 'MN', 'MS', 'MO', 'NE', 'ND', 'OK', 'SD', 'TN', 'TX', 'WI');
    UPDATE State SET TimeZone = 'America/Denver' WHERE Code IN ('CO', 'ID', 'MT', 'NM', 'UT', 'WY');
    UPDATE State SET TimeZone = 'America/Phoenix' WHERE Code = 'AZ';
    UPDATE State SET TimeZone = 'America/Los_Angeles' WHERE Code IN ('CA', 'NV', 'OR', 'WA');
    UPDATE State SET TimeZone = 'America/Anchorage' WHERE Code = 'AK';
    UPDATE State SET TimeZone = 'Pacific/Honolulu' WHERE Code = 'HI';
    """, kind="data migration")
