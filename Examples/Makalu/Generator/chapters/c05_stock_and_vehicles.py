"""2016: stock in the warehouse and in the vans; machines and vehicles."""

from history import add, check, chapter, create, droptable, drop, fk, index, ins, mod, ren, sql

chapter("2016-06-01", "2017-01-31")

create("Warehouse", """
    Id! INT
    FranchiseId INT NOT NULL
    Name VARCHAR(60) NOT NULL
    Kind ENUM ('Building', 'Van') NOT NULL DEFAULT 'Building'
    IsActive TINYINT(1) NOT NULL DEFAULT 1
    """, "A van is a warehouse with wheels.", "FranchiseId -> Franchise")
sql("Warehouse_For_Every_Franchise", "", """
    INSERT INTO Warehouse (FranchiseId, Name)
    SELECT FranchiseId, CONCAT('Main ', Code) FROM Franchise ORDER BY FranchiseId;
    """)
create("StockLevel", """
    WarehouseId INT NOT NULL
    ProductId INT NOT NULL
    Quantity DECIMAL(10, 2) NOT NULL DEFAULT 0
    ReorderPoint DECIMAL(10, 2) NULL
    UpdatedOn DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP
    """, "", """
    PRIMARY KEY (WarehouseId, ProductId)
    WarehouseId -> Warehouse
    ProductId -> Product
    """)
create("StockMovement", """
    Id! BIGINT
    WarehouseId INT NOT NULL
    ProductId INT NOT NULL
    Quantity DECIMAL(10, 2) NOT NULL
    Reason ENUM ('Receipt', 'Usage', 'Transfer', 'Count', 'Loss') NOT NULL
    WorkOrderId INT NULL
    MovedOn DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP
    """, "The level is the sum of the movements; a trigger keeps it.", """
    KEY IX_StockMovement_MovedOn (MovedOn)
    WarehouseId -> Warehouse
    ProductId -> Product
    WorkOrderId -> WorkOrder ON DELETE SET NULL
    """)
sql("Trigger_StockMovement", "", """
    DELIMITER $$

    CREATE TRIGGER tr_StockMovement_AfterInsert AFTER INSERT ON StockMovement
    FOR EACH ROW
    BEGIN
        INSERT INTO StockLevel (WarehouseId, ProductId, Quantity)
        VALUES (NEW.WarehouseId, NEW.ProductId, NEW.Quantity)
        ON DUPLICATE KEY UPDATE Quantity = Quantity + NEW.Quantity;
    END$$

    CREATE TRIGGER tr_StockMovement_BeforeDelete BEFORE DELETE ON StockMovement
    FOR EACH ROW
    BEGIN
        SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'Movements are never deleted; enter a count';
    END$$

    DELIMITER ;
    """)
sql("Opening_Stock", "Count of June 1st, the training center first.", """
    INSERT INTO StockMovement (WarehouseId, ProductId, Quantity, Reason, MovedOn)
    SELECT w.WarehouseId, p.ProductId, CASE WHEN p.UnitCost > 500 THEN 1 ELSE 24 END, 'Count', '2016-06-01 07:00:00'
      FROM Warehouse w
      JOIN Franchise f ON f.FranchiseId = w.FranchiseId
      JOIN Product p
     WHERE f.Code = 'TRN'
     ORDER BY w.WarehouseId, p.ProductId;
    """)
sql("Opening_Stock_Reorder_Points", "", """
    UPDATE StockLevel l
      JOIN Product p ON p.ProductId = l.ProductId
       SET l.ReorderPoint = 6
     WHERE p.UnitCost < 100;
    """)
add("Product", "IsActive TINYINT(1) NOT NULL DEFAULT 1; Barcode VARCHAR(20) NULL", "Scanner in the warehouse.")
index("Product", "Barcode", unique=True)
add("Product", "UnitOfMeasureId SMALLINT NULL", after="Name")
ins("UnitOfMeasure", "UnitOfMeasureId, Code, Name", "(6, 'GAL', 'gallon')\n(7, 'BOX', 'box')\n(8, 'LB', 'pound')")
sql("Product_Units", "", """
    UPDATE Product SET UnitOfMeasureId = 6 WHERE Name LIKE '%gal%';
    UPDATE Product SET UnitOfMeasureId = 8 WHERE Name LIKE '%lb%';
    UPDATE Product SET UnitOfMeasureId = 7 WHERE Name LIKE '%gloves%';
    UPDATE Product SET UnitOfMeasureId = 3 WHERE UnitOfMeasureId IS NULL;
    ALTER TABLE Product MODIFY COLUMN UnitOfMeasureId SMALLINT NOT NULL;
    """)
fk("Product", "UnitOfMeasureId", "UnitOfMeasure")
sql("Fix_Wet_Vacuum_Unit", "The wet vacuum has 18 gal in its name but is not sold by the gallon.", "UPDATE Product SET UnitOfMeasureId = 3 WHERE Sku = 'MAC-VAC';")
add("Product", "SafetySheetUrl VARCHAR(300) NULL; IsHazardous TINYINT(1) NOT NULL DEFAULT 0", "OSHA wants the sheets at hand.")
sql("Hazardous_Products", "", """
    UPDATE Product SET IsHazardous = 1 WHERE Sku IN ('STR-ALK', 'CRY-K2', 'SEA-SLV', 'SEA-ENH');
    """)
create("ServiceProduct", """
    ServiceTypeId INT NOT NULL
    ProductId INT NOT NULL
    QuantityPerUnit DECIMAL(10, 4) NOT NULL
    """, "What a square foot uses up, on average.", """
    PRIMARY KEY (ServiceTypeId, ProductId)
    ServiceTypeId -> ServiceType
    ProductId -> Product
    """)
sql("ServiceProduct_First_Values", "From the book of the training center.", """
    INSERT INTO ServiceProduct (ServiceTypeId, ProductId, QuantityPerUnit)
    SELECT s.ServiceTypeId, p.ProductId, v.Quantity
      FROM (SELECT 'HON-220' AS Service, 'DIA-220' AS Sku, 0.0050 AS Quantity
            UNION ALL SELECT 'HON-400', 'DIA-220', 0.0050
            UNION ALL SELECT 'HON-400', 'DIA-400', 0.0050
            UNION ALL SELECT 'POL-800', 'DIA-800', 0.0045
            UNION ALL SELECT 'POL-3000', 'DIA-3000', 0.0045
            UNION ALL SELECT 'POL-3000', 'POW-5X', 0.0100
            UNION ALL SELECT 'SEA-IMP', 'SEA-SLV', 0.0080
            UNION ALL SELECT 'SEA-ENH', 'SEA-ENH', 0.0090) v
      JOIN ServiceType s ON s.Code = v.Service COLLATE utf8mb4_unicode_ci
      JOIN Product p ON p.Sku = v.Sku COLLATE utf8mb4_unicode_ci;
    """)
sql("Procedure_Book_Material", "Books the planned material of an order on completion.", """
    DELIMITER $$

    CREATE PROCEDURE sp_BookMaterial(IN pWorkOrderId INT, IN pWarehouseId INT)
    MODIFIES SQL DATA
    BEGIN
        IF EXISTS (SELECT 1 FROM StockMovement WHERE WorkOrderId = pWorkOrderId AND Reason = 'Usage') THEN
            SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'Material of this order is booked already';
        END IF;
        INSERT INTO StockMovement (WarehouseId, ProductId, Quantity, Reason, WorkOrderId)
        SELECT pWarehouseId, sp.ProductId, -SUM(l.Quantity * sp.QuantityPerUnit), 'Usage', pWorkOrderId
          FROM WorkOrderLine l
          JOIN ServiceProduct sp ON sp.ServiceTypeId = l.ServiceTypeId
         WHERE l.WorkOrderId = pWorkOrderId
         GROUP BY sp.ProductId
         ORDER BY sp.ProductId;
    END$$

    DELIMITER ;
    """)
add("PurchaseOrder", "OrderNumber VARCHAR(20) NULL; Status ENUM ('Draft', 'Ordered', 'Received', 'Cancelled') NOT NULL DEFAULT 'Draft'", after="SupplierId")
add("PurchaseOrder", "WarehouseId INT NULL")
fk("PurchaseOrder", "WarehouseId", "Warehouse")
add("PurchaseOrderLine", "ReceivedQuantity INT NOT NULL DEFAULT 0", "Partial deliveries.")
mod("PurchaseOrderLine", "Quantity DECIMAL(10, 2) NOT NULL", "Half boxes exist.")
mod("PurchaseOrderLine", "ReceivedQuantity DECIMAL(10, 2) NOT NULL DEFAULT 0")
check("PurchaseOrderLine", "Quantity", "Quantity > 0")
create("SupplierProduct", """
    SupplierId INT NOT NULL
    ProductId INT NOT NULL
    SupplierSku VARCHAR(40) NULL
    UnitCost DECIMAL(10, 2) NOT NULL
    LeadDays SMALLINT NULL
    """, "One product, several suppliers.", """
    PRIMARY KEY (SupplierId, ProductId)
    SupplierId -> Supplier
    ProductId -> Product
    """)
sql("Move_Product_Supplier", "First step: copy. The column on Product goes in the next file.", """
    INSERT INTO SupplierProduct (SupplierId, ProductId, UnitCost)
    SELECT SupplierId, ProductId, UnitCost
      FROM Product
     WHERE SupplierId IS NOT NULL;
    """)
sql("Drop_Product_Supplier", "Second step.", """
    ALTER TABLE Product DROP FOREIGN KEY FK_Product_Supplier;
    ALTER TABLE Product DROP COLUMN SupplierId;
    """, kind="drop")
add("Supplier", "AccountNumber VARCHAR(40) NULL; Website VARCHAR(200) NULL; IsActive TINYINT(1) NOT NULL DEFAULT 1")
ins("Supplier", "Name, Phone, Email", """
    ('Tile & Trowel', '480-555-0167', 'hello@tiletrowel.example')
    ('Granit Müller GmbH', '+49 89 5550178', 'verkauf@granit-mueller.example')
    """, "The Germans have the good 6000 grit.", name="Supplier_From_Germany")
create("Vehicle", """
    Id! INT
    FranchiseId INT NOT NULL
    LicensePlate VARCHAR(12) NOT NULL
    Vin CHAR(17) NULL
    Make VARCHAR(40) NULL
    Model VARCHAR(40) NULL
    ModelYear SMALLINT NULL
    Odometer INT NULL
    IsActive TINYINT(1) NOT NULL DEFAULT 1
    """, "", "UNIQUE KEY UK_Vehicle_LicensePlate (LicensePlate)\nFranchiseId -> Franchise")
create("VehicleService", """
    Id! INT
    VehicleId INT NOT NULL
    ServicedOn DATE NOT NULL
    Odometer INT NULL
    Description VARCHAR(200) NOT NULL
    Cost DECIMAL(10, 2) NULL
    """, "Oil, tires, brakes.", "VehicleId -> Vehicle ON DELETE CASCADE")
create("VehicleMileage", """
    Id! INT
    VehicleId INT NOT NULL
    EmployeeId INT NULL
    DrivenOn DATE NOT NULL
    Miles DECIMAL(7, 1) NOT NULL
    """, "", "VehicleId -> Vehicle ON DELETE CASCADE\nEmployeeId -> Employee")
add("Warehouse", "VehicleId INT NULL", "The van of the second row of this table has a license plate now.")
fk("Warehouse", "VehicleId", "Vehicle", on="ON DELETE SET NULL")
sql("Training_Vans", "", """
    INSERT INTO Vehicle (FranchiseId, LicensePlate, Make, Model, ModelYear, Odometer)
    SELECT FranchiseId, 'TRN 001', 'Ford', 'Transit', 2014, 41200 FROM Franchise WHERE Code = 'TRN';
    SET @first := LAST_INSERT_ID();
    INSERT INTO Vehicle (FranchiseId, LicensePlate, Make, Model, ModelYear, Odometer)
    SELECT FranchiseId, 'TRN 002', 'Ram', 'ProMaster', 2015, 18350 FROM Franchise WHERE Code = 'TRN';
    SET @second := LAST_INSERT_ID();
    INSERT INTO Warehouse (FranchiseId, Name, Kind, VehicleId)
    SELECT FranchiseId, 'Van 1', 'Van', @first FROM Franchise WHERE Code = 'TRN'
    UNION ALL
    SELECT FranchiseId, 'Van 2', 'Van', @second FROM Franchise WHERE Code = 'TRN'
    ORDER BY 2;
    """)
add("Crew", "VehicleId INT NULL")
fk("Crew", "VehicleId", "Vehicle", on="ON DELETE SET NULL")
create("Equipment", """
    Id! INT
    FranchiseId INT NOT NULL
    ProductId INT NULL
    SerialNumber VARCHAR(40) NULL
    Name VARCHAR(80) NOT NULL
    PurchasedOn DATE NULL
    PurchasePrice DECIMAL(10, 2) NULL
    Status ENUM ('InUse', 'InRepair', 'Lost', 'Sold') NOT NULL DEFAULT 'InUse'
    """, "Machines are not stock. They have a serial number and a life.", "FranchiseId -> Franchise\nProductId -> Product")
create("EquipmentCheckout", """
    Id! INT
    EquipmentId INT NOT NULL
    CrewId INT NOT NULL
    TakenOn DATETIME NOT NULL
    ReturnedOn DATETIME NULL
    """, "Who has the planetary grinder?", "EquipmentId -> Equipment\nCrewId -> Crew")
create("EquipmentMaintenance", """
    Id! INT
    EquipmentId INT NOT NULL
    DueOn DATE NOT NULL
    DoneOn DATE NULL
    Description VARCHAR(200) NOT NULL
    """, "", "EquipmentId -> Equipment ON DELETE CASCADE")
sql("Machines_From_Stock_To_Equipment", "One row of equipment for every machine that we counted in June; then the stock of machines goes to zero.", """
    INSERT INTO Equipment (FranchiseId, ProductId, Name, PurchasePrice)
    SELECT w.FranchiseId, p.ProductId, p.Name, p.UnitCost
      FROM StockLevel l
      JOIN Warehouse w ON w.WarehouseId = l.WarehouseId
      JOIN Product p ON p.ProductId = l.ProductId
      JOIN ProductCategory c ON c.ProductCategoryId = p.ProductCategoryId
     WHERE c.Name = 'Machines' AND l.Quantity > 0
     ORDER BY l.WarehouseId, l.ProductId;

    -- From the movements: the trigger writes StockLevel, so this statement must not read it.
    INSERT INTO StockMovement (WarehouseId, ProductId, Quantity, Reason)
    SELECT m.WarehouseId, m.ProductId, -SUM(m.Quantity), 'Count'
      FROM StockMovement m
      JOIN Product p ON p.ProductId = m.ProductId
      JOIN ProductCategory c ON c.ProductCategoryId = p.ProductCategoryId
     WHERE c.Name = 'Machines'
     GROUP BY m.WarehouseId, m.ProductId
    HAVING SUM(m.Quantity) > 0
     ORDER BY m.WarehouseId, m.ProductId;
    """)
ren("VehicleMileage", "Miles", "DistanceMiles")
drop("Vehicle", "Odometer", "It is in VehicleService and always out of date here.", name="Drop_Vehicle_Odometer")
create("StockCount", """
    Id! INT
    WarehouseId INT NOT NULL
    CountedOn DATE NOT NULL
    CountedBy INT NULL
    """, "Yearly count on a phone.", "WarehouseId -> Warehouse\nCountedBy -> Employee.EmployeeId")
create("StockCountLine", """
    StockCountId INT NOT NULL
    ProductId INT NOT NULL
    Expected DECIMAL(10, 2) NOT NULL
    Counted DECIMAL(10, 2) NULL
    """, "", "PRIMARY KEY (StockCountId, ProductId)\nStockCountId -> StockCount ON DELETE CASCADE\nProductId -> Product")
sql("StockCountLine_Difference", "Generated, so that nobody has to compute it.", """
    ALTER TABLE StockCountLine
        ADD COLUMN Difference DECIMAL(10, 2) GENERATED ALWAYS AS (Counted - Expected) STORED;
    """, kind="add column")
sql("View_Reorder_List", "", """
    CREATE VIEW vw_ReorderList AS
    SELECT w.FranchiseId, w.Name AS WarehouseName, p.Sku, p.Name AS ProductName, l.Quantity, l.ReorderPoint
      FROM StockLevel l
      JOIN Warehouse w ON w.WarehouseId = l.WarehouseId
      JOIN Product p ON p.ProductId = l.ProductId
     WHERE l.Quantity <= l.ReorderPoint;
    """)
create("FuelCard", """
    Id! INT
    VehicleId INT NOT NULL
    CardNumber VARCHAR(20) NOT NULL
    ValidTo DATE NULL
    """, "Pilot with one gas station chain.", "VehicleId -> Vehicle")
droptable("FuelCard", "The pilot is over.")
index("VehicleMileage", "DrivenOn")
index("Equipment", "SerialNumber")
