-- ---------------------------------------------------------------------------------------------
-- Makalu, tables of the first release (January 2013).
-- Order: geography, accounts, franchise, staff, catalogue, customers, leads, estimates, work,
-- money, stock, messages. A table stands after the tables that it refers to.
-- ---------------------------------------------------------------------------------------------

-- Geography -----------------------------------------------------------------------------------

CREATE TABLE Country (
    CountryId   SMALLINT     NOT NULL,
    IsoCode     CHAR(2)      NOT NULL,
    Name        VARCHAR(60)  NOT NULL,
    PhonePrefix VARCHAR(5)   NULL,
    PRIMARY KEY (CountryId),
    UNIQUE KEY UK_Country_IsoCode (IsoCode)
) ENGINE = InnoDB;

CREATE TABLE State (
    StateId   SMALLINT    NOT NULL,
    CountryId SMALLINT    NOT NULL,
    Code      CHAR(2)     NOT NULL,
    Name      VARCHAR(60) NOT NULL,
    PRIMARY KEY (StateId),
    UNIQUE KEY UK_State_Code (CountryId, Code),
    CONSTRAINT FK_State_Country FOREIGN KEY (CountryId) REFERENCES Country (CountryId)
) ENGINE = InnoDB;

CREATE TABLE City (
    CityId  INT         NOT NULL AUTO_INCREMENT,
    StateId SMALLINT    NOT NULL,
    Name    VARCHAR(60) NOT NULL,
    PRIMARY KEY (CityId),
    UNIQUE KEY UK_City_State_Name (StateId, Name),
    CONSTRAINT FK_City_State FOREIGN KEY (StateId) REFERENCES State (StateId)
) ENGINE = InnoDB;

CREATE TABLE Zip (
    ZipCode   CHAR(5)       NOT NULL,
    StateId   SMALLINT      NOT NULL,
    Latitude  DECIMAL(7, 4) NOT NULL,
    Longitude DECIMAL(7, 4) NOT NULL,
    PRIMARY KEY (ZipCode),
    KEY IX_Zip_State (StateId),
    CONSTRAINT FK_Zip_State FOREIGN KEY (StateId) REFERENCES State (StateId)
) ENGINE = InnoDB;

CREATE TABLE CityZip (
    CityId  INT     NOT NULL,
    ZipCode CHAR(5) NOT NULL,
    PRIMARY KEY (CityId, ZipCode),
    KEY IX_CityZip_ZipCode (ZipCode),
    CONSTRAINT FK_CityZip_City FOREIGN KEY (CityId) REFERENCES City (CityId),
    CONSTRAINT FK_CityZip_Zip FOREIGN KEY (ZipCode) REFERENCES Zip (ZipCode)
) ENGINE = InnoDB;

-- Accounts ------------------------------------------------------------------------------------

CREATE TABLE Role (
    RoleId      SMALLINT     NOT NULL,
    Name        VARCHAR(40)  NOT NULL,
    Description VARCHAR(200) NULL,
    PRIMARY KEY (RoleId),
    UNIQUE KEY UK_Role_Name (Name)
) ENGINE = InnoDB;

CREATE TABLE Permission (
    PermissionId SMALLINT     NOT NULL,
    Code         VARCHAR(40)  NOT NULL,
    Description  VARCHAR(200) NOT NULL,
    PRIMARY KEY (PermissionId),
    UNIQUE KEY UK_Permission_Code (Code)
) ENGINE = InnoDB;

CREATE TABLE RolePermission (
    RoleId       SMALLINT NOT NULL,
    PermissionId SMALLINT NOT NULL,
    PRIMARY KEY (RoleId, PermissionId),
    CONSTRAINT FK_RolePermission_Role FOREIGN KEY (RoleId) REFERENCES Role (RoleId),
    CONSTRAINT FK_RolePermission_Permission FOREIGN KEY (PermissionId) REFERENCES Permission (PermissionId)
) ENGINE = InnoDB;

CREATE TABLE AppUser (
    AppUserId    INT          NOT NULL AUTO_INCREMENT,
    UserName     VARCHAR(60)  NOT NULL,
    Email        VARCHAR(120) NOT NULL,
    PasswordHash VARCHAR(100) NULL,
    IsActive     TINYINT(1)   NOT NULL DEFAULT 1,
    CreatedOn    DATETIME     NOT NULL DEFAULT CURRENT_TIMESTAMP,
    LastLoginOn  DATETIME     NULL,
    PRIMARY KEY (AppUserId),
    UNIQUE KEY UK_AppUser_UserName (UserName)
) ENGINE = InnoDB;

CREATE TABLE UserRole (
    AppUserId INT      NOT NULL,
    RoleId    SMALLINT NOT NULL,
    PRIMARY KEY (AppUserId, RoleId),
    CONSTRAINT FK_UserRole_AppUser FOREIGN KEY (AppUserId) REFERENCES AppUser (AppUserId) ON DELETE CASCADE,
    CONSTRAINT FK_UserRole_Role FOREIGN KEY (RoleId) REFERENCES Role (RoleId)
) ENGINE = InnoDB;

CREATE TABLE UserLogin (
    UserLoginId BIGINT      NOT NULL AUTO_INCREMENT,
    AppUserId   INT         NOT NULL,
    LoginOn     DATETIME    NOT NULL,
    IpAddress   VARCHAR(45) NULL,
    Succeeded   TINYINT(1)  NOT NULL,
    PRIMARY KEY (UserLoginId),
    CONSTRAINT FK_UserLogin_AppUser FOREIGN KEY (AppUserId) REFERENCES AppUser (AppUserId) ON DELETE CASCADE
) ENGINE = InnoDB;

CREATE TABLE PasswordReset (
    PasswordResetId INT         NOT NULL AUTO_INCREMENT,
    AppUserId       INT         NOT NULL,
    TokenHash       CHAR(64)    NOT NULL,
    ExpiresOn       DATETIME    NOT NULL,
    UsedOn          DATETIME    NULL,
    PRIMARY KEY (PasswordResetId),
    CONSTRAINT FK_PasswordReset_AppUser FOREIGN KEY (AppUserId) REFERENCES AppUser (AppUserId) ON DELETE CASCADE
) ENGINE = InnoDB;

-- Franchise -----------------------------------------------------------------------------------

CREATE TABLE Franchise (
    FranchiseId INT          NOT NULL AUTO_INCREMENT,
    Code        VARCHAR(10)  NOT NULL,
    Name        VARCHAR(100) NOT NULL,
    Address1    VARCHAR(100) NULL,
    Address2    VARCHAR(100) NULL,
    CityName    VARCHAR(60)  NULL,
    StateCode   CHAR(2)      NULL,
    ZipCode     CHAR(5)      NULL,
    Phone       VARCHAR(20)  NULL,
    Email       VARCHAR(120) NULL,
    OpenedOn    DATE         NULL,
    ClosedOn    DATE         NULL,
    Status      ENUM ('Prospect', 'Signed', 'Open', 'Closed') NOT NULL DEFAULT 'Prospect',
    CreatedOn   DATETIME     NOT NULL DEFAULT CURRENT_TIMESTAMP,
    PRIMARY KEY (FranchiseId),
    UNIQUE KEY UK_Franchise_Code (Code)
) ENGINE = InnoDB;

CREATE TABLE FranchiseOwner (
    FranchiseOwnerId INT           NOT NULL AUTO_INCREMENT,
    FranchiseId      INT           NOT NULL,
    FirstName        VARCHAR(50)   NOT NULL,
    LastName         VARCHAR(50)   NOT NULL,
    Email            VARCHAR(120)  NULL,
    Phone            VARCHAR(20)   NULL,
    SharePercent     DECIMAL(5, 2) NOT NULL DEFAULT 100.00,
    PRIMARY KEY (FranchiseOwnerId),
    CONSTRAINT FK_FranchiseOwner_Franchise FOREIGN KEY (FranchiseId) REFERENCES Franchise (FranchiseId)
) ENGINE = InnoDB;

CREATE TABLE FranchiseAgreement (
    FranchiseAgreementId INT            NOT NULL AUTO_INCREMENT,
    FranchiseId          INT            NOT NULL,
    SignedOn             DATE           NOT NULL,
    ValidFrom            DATE           NOT NULL,
    ValidTo              DATE           NULL,
    InitialFee           DECIMAL(10, 2) NOT NULL,
    RoyaltyPercent       DECIMAL(5, 2)  NOT NULL,
    PRIMARY KEY (FranchiseAgreementId),
    CONSTRAINT FK_FranchiseAgreement_Franchise FOREIGN KEY (FranchiseId) REFERENCES Franchise (FranchiseId)
) ENGINE = InnoDB;

CREATE TABLE FranchiseFeeType (
    FranchiseFeeTypeId SMALLINT    NOT NULL,
    Name               VARCHAR(50) NOT NULL,
    IsRecurring        TINYINT(1)  NOT NULL DEFAULT 1,
    PRIMARY KEY (FranchiseFeeTypeId)
) ENGINE = InnoDB;

CREATE TABLE FranchiseFee (
    FranchiseFeeId     INT            NOT NULL AUTO_INCREMENT,
    FranchiseId        INT            NOT NULL,
    FranchiseFeeTypeId SMALLINT       NOT NULL,
    Amount             DECIMAL(10, 2) NOT NULL,
    DueOn              DATE           NOT NULL,
    PaidOn             DATE           NULL,
    PRIMARY KEY (FranchiseFeeId),
    CONSTRAINT FK_FranchiseFee_Franchise FOREIGN KEY (FranchiseId) REFERENCES Franchise (FranchiseId),
    CONSTRAINT FK_FranchiseFee_Type FOREIGN KEY (FranchiseFeeTypeId) REFERENCES FranchiseFeeType (FranchiseFeeTypeId)
) ENGINE = InnoDB;

CREATE TABLE Territory (
    TerritoryId INT         NOT NULL AUTO_INCREMENT,
    FranchiseId INT         NULL,
    Name        VARCHAR(80) NOT NULL,
    PRIMARY KEY (TerritoryId),
    UNIQUE KEY UK_Territory_Name (Name),
    CONSTRAINT FK_Territory_Franchise FOREIGN KEY (FranchiseId) REFERENCES Franchise (FranchiseId)
) ENGINE = InnoDB;

CREATE TABLE TerritoryZip (
    TerritoryId INT     NOT NULL,
    ZipCode     CHAR(5) NOT NULL,
    PRIMARY KEY (TerritoryId, ZipCode),
    KEY IX_TerritoryZip_ZipCode (ZipCode),
    CONSTRAINT FK_TerritoryZip_Territory FOREIGN KEY (TerritoryId) REFERENCES Territory (TerritoryId),
    CONSTRAINT FK_TerritoryZip_Zip FOREIGN KEY (ZipCode) REFERENCES Zip (ZipCode)
) ENGINE = InnoDB;

-- Staff ---------------------------------------------------------------------------------------

CREATE TABLE JobTitle (
    JobTitleId SMALLINT    NOT NULL,
    Name       VARCHAR(50) NOT NULL,
    PRIMARY KEY (JobTitleId)
) ENGINE = InnoDB;

CREATE TABLE Employee (
    EmployeeId   INT          NOT NULL AUTO_INCREMENT,
    FranchiseId  INT          NOT NULL,
    AppUserId    INT          NULL,
    JobTitleId   SMALLINT     NOT NULL,
    FirstName    VARCHAR(50)  NOT NULL,
    LastName     VARCHAR(50)  NOT NULL,
    Email        VARCHAR(120) NULL,
    Phone        VARCHAR(20)  NULL,
    HiredOn      DATE         NULL,
    TerminatedOn DATE         NULL,
    PRIMARY KEY (EmployeeId),
    UNIQUE KEY UK_Employee_AppUser (AppUserId),
    CONSTRAINT FK_Employee_Franchise FOREIGN KEY (FranchiseId) REFERENCES Franchise (FranchiseId),
    CONSTRAINT FK_Employee_AppUser FOREIGN KEY (AppUserId) REFERENCES AppUser (AppUserId),
    CONSTRAINT FK_Employee_JobTitle FOREIGN KEY (JobTitleId) REFERENCES JobTitle (JobTitleId)
) ENGINE = InnoDB;

CREATE TABLE Skill (
    SkillId SMALLINT    NOT NULL,
    Name    VARCHAR(60) NOT NULL,
    PRIMARY KEY (SkillId)
) ENGINE = InnoDB;

CREATE TABLE EmployeeSkill (
    EmployeeId INT      NOT NULL,
    SkillId    SMALLINT NOT NULL,
    Grade      TINYINT  NOT NULL DEFAULT 1,
    PRIMARY KEY (EmployeeId, SkillId),
    CONSTRAINT FK_EmployeeSkill_Employee FOREIGN KEY (EmployeeId) REFERENCES Employee (EmployeeId),
    CONSTRAINT FK_EmployeeSkill_Skill FOREIGN KEY (SkillId) REFERENCES Skill (SkillId)
) ENGINE = InnoDB;

CREATE TABLE Crew (
    CrewId      INT         NOT NULL AUTO_INCREMENT,
    FranchiseId INT         NOT NULL,
    Name        VARCHAR(50) NOT NULL,
    IsActive    TINYINT(1)  NOT NULL DEFAULT 1,
    PRIMARY KEY (CrewId),
    CONSTRAINT FK_Crew_Franchise FOREIGN KEY (FranchiseId) REFERENCES Franchise (FranchiseId)
) ENGINE = InnoDB;

CREATE TABLE CrewMember (
    CrewId     INT        NOT NULL,
    EmployeeId INT        NOT NULL,
    IsLeader   TINYINT(1) NOT NULL DEFAULT 0,
    PRIMARY KEY (CrewId, EmployeeId),
    CONSTRAINT FK_CrewMember_Crew FOREIGN KEY (CrewId) REFERENCES Crew (CrewId),
    CONSTRAINT FK_CrewMember_Employee FOREIGN KEY (EmployeeId) REFERENCES Employee (EmployeeId)
) ENGINE = InnoDB;

CREATE TABLE Timesheet (
    TimesheetId INT           NOT NULL AUTO_INCREMENT,
    EmployeeId  INT           NOT NULL,
    WorkDate    DATE          NOT NULL,
    Hours       DECIMAL(4, 2) NOT NULL,
    Remark      VARCHAR(200)  NULL,
    PRIMARY KEY (TimesheetId),
    UNIQUE KEY UK_Timesheet_Day (EmployeeId, WorkDate),
    CONSTRAINT FK_Timesheet_Employee FOREIGN KEY (EmployeeId) REFERENCES Employee (EmployeeId)
) ENGINE = InnoDB;

-- Catalogue -----------------------------------------------------------------------------------

CREATE TABLE UnitOfMeasure (
    UnitOfMeasureId SMALLINT    NOT NULL,
    Code            VARCHAR(10) NOT NULL,
    Name            VARCHAR(40) NOT NULL,
    PRIMARY KEY (UnitOfMeasureId),
    UNIQUE KEY UK_UnitOfMeasure_Code (Code)
) ENGINE = InnoDB;

CREATE TABLE ServiceCategory (
    ServiceCategoryId SMALLINT    NOT NULL,
    Name              VARCHAR(60) NOT NULL,
    SortOrder         SMALLINT    NOT NULL DEFAULT 0,
    PRIMARY KEY (ServiceCategoryId)
) ENGINE = InnoDB;

CREATE TABLE ServiceType (
    ServiceTypeId     INT          NOT NULL AUTO_INCREMENT,
    ServiceCategoryId SMALLINT     NOT NULL,
    UnitOfMeasureId   SMALLINT     NOT NULL,
    Code              VARCHAR(20)  NOT NULL,
    Name              VARCHAR(80)  NOT NULL,
    Description       TEXT         NULL,
    IsActive          TINYINT(1)   NOT NULL DEFAULT 1,
    PRIMARY KEY (ServiceTypeId),
    UNIQUE KEY UK_ServiceType_Code (Code),
    CONSTRAINT FK_ServiceType_Category FOREIGN KEY (ServiceCategoryId) REFERENCES ServiceCategory (ServiceCategoryId),
    CONSTRAINT FK_ServiceType_Unit FOREIGN KEY (UnitOfMeasureId) REFERENCES UnitOfMeasure (UnitOfMeasureId)
) ENGINE = InnoDB;

CREATE TABLE StoneType (
    StoneTypeId SMALLINT    NOT NULL,
    Name        VARCHAR(40) NOT NULL,
    Family      ENUM ('Calcareous', 'Siliceous', 'Metamorphic', 'Manufactured') NOT NULL,
    PRIMARY KEY (StoneTypeId),
    UNIQUE KEY UK_StoneType_Name (Name)
) ENGINE = InnoDB;

CREATE TABLE StoneFinish (
    StoneFinishId SMALLINT    NOT NULL,
    Name          VARCHAR(40) NOT NULL,
    PRIMARY KEY (StoneFinishId)
) ENGINE = InnoDB;

CREATE TABLE SurfaceType (
    SurfaceTypeId SMALLINT    NOT NULL,
    Name          VARCHAR(40) NOT NULL,
    PRIMARY KEY (SurfaceTypeId)
) ENGINE = InnoDB;

CREATE TABLE PriceList (
    PriceListId INT         NOT NULL AUTO_INCREMENT,
    FranchiseId INT         NULL COMMENT 'NULL: the list of the head office',
    Name        VARCHAR(60) NOT NULL,
    ValidFrom   DATE        NOT NULL,
    ValidTo     DATE        NULL,
    PRIMARY KEY (PriceListId),
    CONSTRAINT FK_PriceList_Franchise FOREIGN KEY (FranchiseId) REFERENCES Franchise (FranchiseId)
) ENGINE = InnoDB;

CREATE TABLE PriceListItem (
    PriceListItemId INT            NOT NULL AUTO_INCREMENT,
    PriceListId     INT            NOT NULL,
    ServiceTypeId   INT            NOT NULL,
    StoneTypeId     SMALLINT       NULL,
    UnitPrice       DECIMAL(10, 2) NOT NULL,
    MinimumCharge   DECIMAL(10, 2) NOT NULL DEFAULT 0,
    PRIMARY KEY (PriceListItemId),
    UNIQUE KEY UK_PriceListItem (PriceListId, ServiceTypeId, StoneTypeId),
    CONSTRAINT FK_PriceListItem_PriceList FOREIGN KEY (PriceListId) REFERENCES PriceList (PriceListId),
    CONSTRAINT FK_PriceListItem_ServiceType FOREIGN KEY (ServiceTypeId) REFERENCES ServiceType (ServiceTypeId),
    CONSTRAINT FK_PriceListItem_StoneType FOREIGN KEY (StoneTypeId) REFERENCES StoneType (StoneTypeId)
) ENGINE = InnoDB;

-- Customers -----------------------------------------------------------------------------------

CREATE TABLE CustomerType (
    CustomerTypeId SMALLINT    NOT NULL,
    Name           VARCHAR(40) NOT NULL,
    PRIMARY KEY (CustomerTypeId)
) ENGINE = InnoDB;

CREATE TABLE Customer (
    CustomerId     INT          NOT NULL AUTO_INCREMENT,
    FranchiseId    INT          NOT NULL,
    CustomerTypeId SMALLINT     NOT NULL,
    CompanyName    VARCHAR(100) NULL,
    FirstName      VARCHAR(50)  NULL,
    LastName       VARCHAR(50)  NULL,
    Address1       VARCHAR(100) NULL,
    Address2       VARCHAR(100) NULL,
    CityName       VARCHAR(60)  NULL,
    StateCode      CHAR(2)      NULL,
    ZipCode        VARCHAR(10)  NULL,
    Phone          VARCHAR(20)  NULL,
    Email          VARCHAR(120) NULL,
    CreatedOn      DATETIME     NOT NULL DEFAULT CURRENT_TIMESTAMP,
    PRIMARY KEY (CustomerId),
    KEY IX_Customer_LastName (LastName),
    CONSTRAINT FK_Customer_Franchise FOREIGN KEY (FranchiseId) REFERENCES Franchise (FranchiseId),
    CONSTRAINT FK_Customer_CustomerType FOREIGN KEY (CustomerTypeId) REFERENCES CustomerType (CustomerTypeId)
) ENGINE = InnoDB;

CREATE TABLE CustomerContact (
    CustomerContactId INT          NOT NULL AUTO_INCREMENT,
    CustomerId        INT          NOT NULL,
    Name              VARCHAR(100) NOT NULL,
    Phone             VARCHAR(20)  NULL,
    Email             VARCHAR(120) NULL,
    PRIMARY KEY (CustomerContactId),
    CONSTRAINT FK_CustomerContact_Customer FOREIGN KEY (CustomerId) REFERENCES Customer (CustomerId)
) ENGINE = InnoDB;

CREATE TABLE CustomerNote (
    CustomerNoteId INT      NOT NULL AUTO_INCREMENT,
    CustomerId     INT      NOT NULL,
    AppUserId      INT      NULL,
    Note           TEXT     NOT NULL,
    CreatedOn      DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
    PRIMARY KEY (CustomerNoteId),
    CONSTRAINT FK_CustomerNote_Customer FOREIGN KEY (CustomerId) REFERENCES Customer (CustomerId),
    CONSTRAINT FK_CustomerNote_AppUser FOREIGN KEY (AppUserId) REFERENCES AppUser (AppUserId)
) ENGINE = InnoDB;

-- Leads (LEAD alone is a reserved word since the window functions came) -------------------------

CREATE TABLE LeadSource (
    LeadSourceId SMALLINT    NOT NULL,
    Name         VARCHAR(50) NOT NULL,
    PRIMARY KEY (LeadSourceId)
) ENGINE = InnoDB;

CREATE TABLE LeadStatus (
    LeadStatusId SMALLINT    NOT NULL,
    Name         VARCHAR(50) NOT NULL,
    IsFinal      TINYINT(1)  NOT NULL DEFAULT 0,
    PRIMARY KEY (LeadStatusId)
) ENGINE = InnoDB;

CREATE TABLE SalesLead (
    SalesLeadId  INT          NOT NULL AUTO_INCREMENT,
    FranchiseId  INT          NULL,
    LeadSourceId SMALLINT     NOT NULL,
    LeadStatusId SMALLINT     NOT NULL,
    CustomerId   INT          NULL,
    FullName     VARCHAR(100) NOT NULL,
    Phone        VARCHAR(20)  NULL,
    Email        VARCHAR(120) NULL,
    ZipCode      CHAR(5)      NULL,
    Message      TEXT         NULL,
    ReceivedOn   DATETIME     NOT NULL,
    PRIMARY KEY (SalesLeadId),
    KEY IX_SalesLead_ReceivedOn (ReceivedOn),
    CONSTRAINT FK_SalesLead_Franchise FOREIGN KEY (FranchiseId) REFERENCES Franchise (FranchiseId),
    CONSTRAINT FK_SalesLead_Source FOREIGN KEY (LeadSourceId) REFERENCES LeadSource (LeadSourceId),
    CONSTRAINT FK_SalesLead_Status FOREIGN KEY (LeadStatusId) REFERENCES LeadStatus (LeadStatusId),
    CONSTRAINT FK_SalesLead_Customer FOREIGN KEY (CustomerId) REFERENCES Customer (CustomerId)
) ENGINE = InnoDB;

CREATE TABLE LeadActivity (
    LeadActivityId INT          NOT NULL AUTO_INCREMENT,
    SalesLeadId    INT          NOT NULL,
    AppUserId      INT          NULL,
    Activity       VARCHAR(200) NOT NULL,
    ActivityOn     DATETIME     NOT NULL DEFAULT CURRENT_TIMESTAMP,
    PRIMARY KEY (LeadActivityId),
    CONSTRAINT FK_LeadActivity_SalesLead FOREIGN KEY (SalesLeadId) REFERENCES SalesLead (SalesLeadId) ON DELETE CASCADE,
    CONSTRAINT FK_LeadActivity_AppUser FOREIGN KEY (AppUserId) REFERENCES AppUser (AppUserId)
) ENGINE = InnoDB;

-- Estimates -----------------------------------------------------------------------------------

CREATE TABLE Estimate (
    EstimateId     INT            NOT NULL AUTO_INCREMENT,
    FranchiseId    INT            NOT NULL,
    CustomerId     INT            NOT NULL,
    SalesLeadId    INT            NULL,
    EstimateNumber VARCHAR(20)    NOT NULL,
    EstimatedOn    DATE           NOT NULL,
    Status         ENUM ('Draft', 'Sent', 'Accepted', 'Declined') NOT NULL DEFAULT 'Draft',
    SubTotal       DECIMAL(10, 2) NOT NULL DEFAULT 0,
    TaxAmount      DECIMAL(10, 2) NOT NULL DEFAULT 0,
    TotalAmount    DECIMAL(10, 2) NOT NULL DEFAULT 0,
    PRIMARY KEY (EstimateId),
    UNIQUE KEY UK_Estimate_Number (FranchiseId, EstimateNumber),
    CONSTRAINT FK_Estimate_Franchise FOREIGN KEY (FranchiseId) REFERENCES Franchise (FranchiseId),
    CONSTRAINT FK_Estimate_Customer FOREIGN KEY (CustomerId) REFERENCES Customer (CustomerId),
    CONSTRAINT FK_Estimate_SalesLead FOREIGN KEY (SalesLeadId) REFERENCES SalesLead (SalesLeadId)
) ENGINE = InnoDB;

CREATE TABLE EstimateArea (
    EstimateAreaId INT           NOT NULL AUTO_INCREMENT,
    EstimateId     INT           NOT NULL,
    SurfaceTypeId  SMALLINT      NOT NULL,
    StoneTypeId    SMALLINT      NULL,
    StoneFinishId  SMALLINT      NULL,
    Name           VARCHAR(60)   NOT NULL,
    SquareFeet     DECIMAL(9, 2) NULL,
    PRIMARY KEY (EstimateAreaId),
    CONSTRAINT FK_EstimateArea_Estimate FOREIGN KEY (EstimateId) REFERENCES Estimate (EstimateId) ON DELETE CASCADE,
    CONSTRAINT FK_EstimateArea_SurfaceType FOREIGN KEY (SurfaceTypeId) REFERENCES SurfaceType (SurfaceTypeId),
    CONSTRAINT FK_EstimateArea_StoneType FOREIGN KEY (StoneTypeId) REFERENCES StoneType (StoneTypeId),
    CONSTRAINT FK_EstimateArea_StoneFinish FOREIGN KEY (StoneFinishId) REFERENCES StoneFinish (StoneFinishId)
) ENGINE = InnoDB;

CREATE TABLE EstimateLine (
    EstimateLineId INT            NOT NULL AUTO_INCREMENT,
    EstimateId     INT            NOT NULL,
    EstimateAreaId INT            NULL,
    ServiceTypeId  INT            NOT NULL,
    Quantity       DECIMAL(9, 2)  NOT NULL,
    UnitPrice      DECIMAL(10, 2) NOT NULL,
    LineTotal      DECIMAL(10, 2) NOT NULL DEFAULT 0,
    PRIMARY KEY (EstimateLineId),
    CONSTRAINT FK_EstimateLine_Estimate FOREIGN KEY (EstimateId) REFERENCES Estimate (EstimateId) ON DELETE CASCADE,
    CONSTRAINT FK_EstimateLine_Area FOREIGN KEY (EstimateAreaId) REFERENCES EstimateArea (EstimateAreaId),
    CONSTRAINT FK_EstimateLine_ServiceType FOREIGN KEY (ServiceTypeId) REFERENCES ServiceType (ServiceTypeId)
) ENGINE = InnoDB;

-- Work ----------------------------------------------------------------------------------------

CREATE TABLE WorkOrderStatus (
    WorkOrderStatusId SMALLINT    NOT NULL,
    Name              VARCHAR(40) NOT NULL,
    PRIMARY KEY (WorkOrderStatusId)
) ENGINE = InnoDB;

CREATE TABLE WorkOrder (
    WorkOrderId       INT            NOT NULL AUTO_INCREMENT,
    FranchiseId       INT            NOT NULL,
    CustomerId        INT            NOT NULL,
    EstimateId        INT            NULL,
    CrewId            INT            NULL,
    WorkOrderStatusId SMALLINT       NOT NULL,
    OrderNumber       VARCHAR(20)    NOT NULL,
    PlannedStart      DATE           NULL,
    PlannedEnd        DATE           NULL,
    CompletedOn       DATE           NULL,
    TotalAmount       DECIMAL(10, 2) NOT NULL DEFAULT 0,
    CreatedOn         DATETIME       NOT NULL DEFAULT CURRENT_TIMESTAMP,
    PRIMARY KEY (WorkOrderId),
    UNIQUE KEY UK_WorkOrder_Number (FranchiseId, OrderNumber),
    CONSTRAINT FK_WorkOrder_Franchise FOREIGN KEY (FranchiseId) REFERENCES Franchise (FranchiseId),
    CONSTRAINT FK_WorkOrder_Customer FOREIGN KEY (CustomerId) REFERENCES Customer (CustomerId),
    CONSTRAINT FK_WorkOrder_Estimate FOREIGN KEY (EstimateId) REFERENCES Estimate (EstimateId),
    CONSTRAINT FK_WorkOrder_Crew FOREIGN KEY (CrewId) REFERENCES Crew (CrewId),
    CONSTRAINT FK_WorkOrder_Status FOREIGN KEY (WorkOrderStatusId) REFERENCES WorkOrderStatus (WorkOrderStatusId)
) ENGINE = InnoDB;

CREATE TABLE WorkOrderLine (
    WorkOrderLineId INT            NOT NULL AUTO_INCREMENT,
    WorkOrderId     INT            NOT NULL,
    ServiceTypeId   INT            NOT NULL,
    Quantity        DECIMAL(9, 2)  NOT NULL,
    UnitPrice       DECIMAL(10, 2) NOT NULL,
    LineTotal       DECIMAL(10, 2) NOT NULL,
    PRIMARY KEY (WorkOrderLineId),
    CONSTRAINT FK_WorkOrderLine_WorkOrder FOREIGN KEY (WorkOrderId) REFERENCES WorkOrder (WorkOrderId) ON DELETE CASCADE,
    CONSTRAINT FK_WorkOrderLine_ServiceType FOREIGN KEY (ServiceTypeId) REFERENCES ServiceType (ServiceTypeId)
) ENGINE = InnoDB;

CREATE TABLE WorkOrderNote (
    WorkOrderNoteId INT      NOT NULL AUTO_INCREMENT,
    WorkOrderId     INT      NOT NULL,
    AppUserId       INT      NULL,
    Note            TEXT     NOT NULL,
    CreatedOn       DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
    PRIMARY KEY (WorkOrderNoteId),
    CONSTRAINT FK_WorkOrderNote_WorkOrder FOREIGN KEY (WorkOrderId) REFERENCES WorkOrder (WorkOrderId) ON DELETE CASCADE,
    CONSTRAINT FK_WorkOrderNote_AppUser FOREIGN KEY (AppUserId) REFERENCES AppUser (AppUserId)
) ENGINE = InnoDB;

CREATE TABLE WorkOrderPhoto (
    WorkOrderPhotoId INT          NOT NULL AUTO_INCREMENT,
    WorkOrderId      INT          NOT NULL,
    FileName         VARCHAR(200) NOT NULL,
    Stage            ENUM ('Before', 'After') NOT NULL,
    TakenOn          DATETIME     NULL,
    PRIMARY KEY (WorkOrderPhotoId),
    CONSTRAINT FK_WorkOrderPhoto_WorkOrder FOREIGN KEY (WorkOrderId) REFERENCES WorkOrder (WorkOrderId) ON DELETE CASCADE
) ENGINE = InnoDB;

CREATE TABLE Appointment (
    AppointmentId INT          NOT NULL AUTO_INCREMENT,
    FranchiseId   INT          NOT NULL,
    EmployeeId    INT          NULL,
    SalesLeadId   INT          NULL,
    WorkOrderId   INT          NULL,
    StartsOn      DATETIME     NOT NULL,
    EndsOn        DATETIME     NOT NULL,
    Title         VARCHAR(100) NOT NULL,
    Status        ENUM ('Planned', 'Done', 'Cancelled') NOT NULL DEFAULT 'Planned',
    PRIMARY KEY (AppointmentId),
    KEY IX_Appointment_StartsOn (StartsOn),
    CONSTRAINT FK_Appointment_Franchise FOREIGN KEY (FranchiseId) REFERENCES Franchise (FranchiseId),
    CONSTRAINT FK_Appointment_Employee FOREIGN KEY (EmployeeId) REFERENCES Employee (EmployeeId),
    CONSTRAINT FK_Appointment_SalesLead FOREIGN KEY (SalesLeadId) REFERENCES SalesLead (SalesLeadId),
    CONSTRAINT FK_Appointment_WorkOrder FOREIGN KEY (WorkOrderId) REFERENCES WorkOrder (WorkOrderId)
) ENGINE = InnoDB;

CREATE TABLE Holiday (
    HolidayDate DATE        NOT NULL,
    Name        VARCHAR(60) NOT NULL,
    PRIMARY KEY (HolidayDate)
) ENGINE = InnoDB;

-- Money ---------------------------------------------------------------------------------------

CREATE TABLE PaymentTerm (
    PaymentTermId SMALLINT    NOT NULL,
    Name          VARCHAR(40) NOT NULL,
    DueDays       SMALLINT    NOT NULL,
    PRIMARY KEY (PaymentTermId)
) ENGINE = InnoDB;

CREATE TABLE PaymentMethod (
    PaymentMethodId SMALLINT    NOT NULL,
    Name            VARCHAR(40) NOT NULL,
    PRIMARY KEY (PaymentMethodId)
) ENGINE = InnoDB;

CREATE TABLE TaxRate (
    TaxRateId INT           NOT NULL AUTO_INCREMENT,
    StateId   SMALLINT      NOT NULL,
    Percent   DECIMAL(6, 3) NOT NULL,
    ValidFrom DATE          NOT NULL,
    PRIMARY KEY (TaxRateId),
    UNIQUE KEY UK_TaxRate (StateId, ValidFrom),
    CONSTRAINT FK_TaxRate_State FOREIGN KEY (StateId) REFERENCES State (StateId)
) ENGINE = InnoDB;

CREATE TABLE Invoice (
    InvoiceId     INT            NOT NULL AUTO_INCREMENT,
    FranchiseId   INT            NOT NULL,
    CustomerId    INT            NOT NULL,
    WorkOrderId   INT            NULL,
    PaymentTermId SMALLINT       NOT NULL,
    InvoiceNumber VARCHAR(20)    NOT NULL,
    InvoicedOn    DATE           NOT NULL,
    DueOn         DATE           NOT NULL,
    Status        ENUM ('Open', 'Paid', 'Void') NOT NULL DEFAULT 'Open',
    SubTotal      DECIMAL(10, 2) NOT NULL DEFAULT 0,
    TaxAmount     DECIMAL(10, 2) NOT NULL DEFAULT 0,
    TotalAmount   DECIMAL(10, 2) NOT NULL DEFAULT 0,
    PRIMARY KEY (InvoiceId),
    UNIQUE KEY UK_Invoice_Number (FranchiseId, InvoiceNumber),
    CONSTRAINT FK_Invoice_Franchise FOREIGN KEY (FranchiseId) REFERENCES Franchise (FranchiseId),
    CONSTRAINT FK_Invoice_Customer FOREIGN KEY (CustomerId) REFERENCES Customer (CustomerId),
    CONSTRAINT FK_Invoice_WorkOrder FOREIGN KEY (WorkOrderId) REFERENCES WorkOrder (WorkOrderId),
    CONSTRAINT FK_Invoice_PaymentTerm FOREIGN KEY (PaymentTermId) REFERENCES PaymentTerm (PaymentTermId)
) ENGINE = InnoDB;

CREATE TABLE InvoiceLine (
    InvoiceLineId INT            NOT NULL AUTO_INCREMENT,
    InvoiceId     INT            NOT NULL,
    ServiceTypeId INT            NULL,
    Description   VARCHAR(200)   NOT NULL,
    Quantity      DECIMAL(9, 2)  NOT NULL,
    UnitPrice     DECIMAL(10, 2) NOT NULL,
    LineTotal     DECIMAL(10, 2) NOT NULL,
    PRIMARY KEY (InvoiceLineId),
    CONSTRAINT FK_InvoiceLine_Invoice FOREIGN KEY (InvoiceId) REFERENCES Invoice (InvoiceId) ON DELETE CASCADE,
    CONSTRAINT FK_InvoiceLine_ServiceType FOREIGN KEY (ServiceTypeId) REFERENCES ServiceType (ServiceTypeId)
) ENGINE = InnoDB;

CREATE TABLE Payment (
    PaymentId       INT            NOT NULL AUTO_INCREMENT,
    InvoiceId       INT            NOT NULL,
    PaymentMethodId SMALLINT       NOT NULL,
    Amount          DECIMAL(10, 2) NOT NULL,
    ReceivedOn      DATE           NOT NULL,
    Reference       VARCHAR(60)    NULL,
    PRIMARY KEY (PaymentId),
    CONSTRAINT FK_Payment_Invoice FOREIGN KEY (InvoiceId) REFERENCES Invoice (InvoiceId),
    CONSTRAINT FK_Payment_Method FOREIGN KEY (PaymentMethodId) REFERENCES PaymentMethod (PaymentMethodId)
) ENGINE = InnoDB;

CREATE TABLE CreditMemo (
    CreditMemoId INT            NOT NULL AUTO_INCREMENT,
    InvoiceId    INT            NOT NULL,
    Amount       DECIMAL(10, 2) NOT NULL,
    Reason       VARCHAR(200)   NOT NULL,
    IssuedOn     DATE           NOT NULL,
    PRIMARY KEY (CreditMemoId),
    CONSTRAINT FK_CreditMemo_Invoice FOREIGN KEY (InvoiceId) REFERENCES Invoice (InvoiceId)
) ENGINE = InnoDB;

-- Stock ---------------------------------------------------------------------------------------

CREATE TABLE Supplier (
    SupplierId INT          NOT NULL AUTO_INCREMENT,
    Name       VARCHAR(100) NOT NULL,
    Phone      VARCHAR(20)  NULL,
    Email      VARCHAR(120) NULL,
    PRIMARY KEY (SupplierId)
) ENGINE = InnoDB;

CREATE TABLE ProductCategory (
    ProductCategoryId SMALLINT    NOT NULL,
    Name              VARCHAR(60) NOT NULL,
    PRIMARY KEY (ProductCategoryId)
) ENGINE = InnoDB;

CREATE TABLE Product (
    ProductId         INT            NOT NULL AUTO_INCREMENT,
    ProductCategoryId SMALLINT       NOT NULL,
    SupplierId        INT            NULL,
    Sku               VARCHAR(30)    NOT NULL,
    Name              VARCHAR(100)   NOT NULL,
    UnitCost          DECIMAL(10, 2) NOT NULL DEFAULT 0,
    UnitPrice         DECIMAL(10, 2) NOT NULL DEFAULT 0,
    PRIMARY KEY (ProductId),
    UNIQUE KEY UK_Product_Sku (Sku),
    CONSTRAINT FK_Product_Category FOREIGN KEY (ProductCategoryId) REFERENCES ProductCategory (ProductCategoryId),
    CONSTRAINT FK_Product_Supplier FOREIGN KEY (SupplierId) REFERENCES Supplier (SupplierId)
) ENGINE = InnoDB;

CREATE TABLE PurchaseOrder (
    PurchaseOrderId INT            NOT NULL AUTO_INCREMENT,
    FranchiseId     INT            NOT NULL,
    SupplierId      INT            NOT NULL,
    OrderedOn       DATE           NOT NULL,
    ReceivedOn      DATE           NULL,
    TotalAmount     DECIMAL(10, 2) NOT NULL DEFAULT 0,
    PRIMARY KEY (PurchaseOrderId),
    CONSTRAINT FK_PurchaseOrder_Franchise FOREIGN KEY (FranchiseId) REFERENCES Franchise (FranchiseId),
    CONSTRAINT FK_PurchaseOrder_Supplier FOREIGN KEY (SupplierId) REFERENCES Supplier (SupplierId)
) ENGINE = InnoDB;

CREATE TABLE PurchaseOrderLine (
    PurchaseOrderLineId INT            NOT NULL AUTO_INCREMENT,
    PurchaseOrderId     INT            NOT NULL,
    ProductId           INT            NOT NULL,
    Quantity            INT            NOT NULL,
    UnitCost            DECIMAL(10, 2) NOT NULL,
    PRIMARY KEY (PurchaseOrderLineId),
    CONSTRAINT FK_PurchaseOrderLine_Order FOREIGN KEY (PurchaseOrderId) REFERENCES PurchaseOrder (PurchaseOrderId) ON DELETE CASCADE,
    CONSTRAINT FK_PurchaseOrderLine_Product FOREIGN KEY (ProductId) REFERENCES Product (ProductId)
) ENGINE = InnoDB;

-- Messages and the rest -----------------------------------------------------------------------

CREATE TABLE EmailTemplate (
    EmailTemplateId SMALLINT     NOT NULL,
    Code            VARCHAR(40)  NOT NULL,
    Subject         VARCHAR(200) NOT NULL,
    Body            TEXT         NOT NULL,
    PRIMARY KEY (EmailTemplateId),
    UNIQUE KEY UK_EmailTemplate_Code (Code)
) ENGINE = InnoDB;

CREATE TABLE EmailQueue (
    EmailQueueId    BIGINT       NOT NULL AUTO_INCREMENT,
    EmailTemplateId SMALLINT     NULL,
    Recipient       VARCHAR(120) NOT NULL,
    Subject         VARCHAR(200) NOT NULL,
    Body            MEDIUMTEXT   NOT NULL,
    QueuedOn        DATETIME     NOT NULL DEFAULT CURRENT_TIMESTAMP,
    SentOn          DATETIME     NULL,
    Attempts        TINYINT      NOT NULL DEFAULT 0,
    PRIMARY KEY (EmailQueueId),
    KEY IX_EmailQueue_SentOn (SentOn),
    CONSTRAINT FK_EmailQueue_Template FOREIGN KEY (EmailTemplateId) REFERENCES EmailTemplate (EmailTemplateId)
) ENGINE = InnoDB;

CREATE TABLE Document (
    DocumentId  INT          NOT NULL AUTO_INCREMENT,
    FranchiseId INT          NULL,
    Title       VARCHAR(120) NOT NULL,
    FileName    VARCHAR(200) NOT NULL,
    UploadedOn  DATETIME     NOT NULL DEFAULT CURRENT_TIMESTAMP,
    PRIMARY KEY (DocumentId),
    CONSTRAINT FK_Document_Franchise FOREIGN KEY (FranchiseId) REFERENCES Franchise (FranchiseId)
) ENGINE = InnoDB;

CREATE TABLE Setting (
    SettingName  VARCHAR(60)  NOT NULL,
    SettingValue VARCHAR(500) NOT NULL,
    PRIMARY KEY (SettingName)
) ENGINE = InnoDB;

CREATE TABLE AuditLog (
    AuditLogId BIGINT      NOT NULL AUTO_INCREMENT,
    TableName  VARCHAR(64) NOT NULL,
    RowId      BIGINT      NOT NULL,
    Action     ENUM ('Insert', 'Update', 'Delete') NOT NULL,
    OldValue   TEXT        NULL,
    NewValue   TEXT        NULL,
    ChangedBy  VARCHAR(80) NULL,
    ChangedOn  DATETIME    NOT NULL DEFAULT CURRENT_TIMESTAMP,
    PRIMARY KEY (AuditLogId),
    KEY IX_AuditLog_Row (TableName, RowId)
) ENGINE = InnoDB;
