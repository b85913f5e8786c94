"""2014: work orders and the calendar."""

from history import add, check, chapter, create, drop, fk, index, ins, mod, ren, sql

chapter("2014-01-06", "2014-10-31")

add("Appointment", "AllDay TINYINT(1) NOT NULL DEFAULT 0", after="EndsOn")
add("Appointment", "Location VARCHAR(200) NULL")
mod("Appointment", "Status ENUM ('Planned', 'Confirmed', 'Done', 'Cancelled', 'NoShow') NOT NULL DEFAULT 'Planned'", "Confirmed: the customer answered the reminder. NoShow: we stood before a closed door.")
create("AppointmentType", """
    AppointmentTypeId SMALLINT NOT NULL
    Name VARCHAR(40) NOT NULL
    Color CHAR(7) NOT NULL DEFAULT '#4a7ebb'
    DefaultMinutes SMALLINT NOT NULL DEFAULT 60
    """, "Colors in the calendar.", "PRIMARY KEY (AppointmentTypeId)")
ins("AppointmentType", "AppointmentTypeId, Name, Color, DefaultMinutes", """
    (1, 'Estimate visit', '#4a7ebb', 60)
    (2, 'Work', '#7eb04a', 480)
    (3, 'Follow-up', '#c0a03c', 30)
    (4, 'Internal', '#9a9a9a', 60)
    """)
add("Appointment", "AppointmentTypeId SMALLINT NOT NULL DEFAULT 1", after="FranchiseId")
sql("Appointment_Type_From_Links", "What hangs on a work order is work.", """
    UPDATE Appointment SET AppointmentTypeId = 2 WHERE WorkOrderId IS NOT NULL;
    UPDATE Appointment SET AppointmentTypeId = 4 WHERE WorkOrderId IS NULL AND SalesLeadId IS NULL;
    ALTER TABLE Appointment
        ADD CONSTRAINT FK_Appointment_Type FOREIGN KEY (AppointmentTypeId)
            REFERENCES AppointmentType (AppointmentTypeId);
    """)
check("Appointment", "Period", "EndsOn >= StartsOn", "Found two that ended before they began.")
index("Appointment", "EmployeeId, StartsOn", "Day view of one person.")
add("Crew", "Color CHAR(7) NULL", "Same colors on the wall and on the screen.")
sql("Crew_Colors", "", """
    UPDATE Crew SET Color = '#2a5caa' WHERE Name = 'Blue';
    UPDATE Crew SET Color = '#808080' WHERE Name = 'Gray';
    UPDATE Crew SET Color = '#b0b0b0' WHERE Color IS NULL;
    """)
add("WorkOrder", "ArrivalFrom TIME NULL; ArrivalTo TIME NULL", "We promise a window of two hours.", after="PlannedEnd", name="WorkOrder_Arrival_Window")
add("WorkOrder", "AccessNotes VARCHAR(500) NULL", "Gate codes, dogs, where to park.")
add("WorkOrder", "Priority TINYINT NOT NULL DEFAULT 3")
check("WorkOrder", "Priority", "Priority BETWEEN 1 AND 5")
index("WorkOrder", "PlannedStart, CrewId", "Schedule board.")
add("WorkOrderLine", "SortOrder SMALLINT NOT NULL DEFAULT 0")
add("WorkOrderLine", "StoneTypeId SMALLINT NULL", "The stone was only on the estimate.", after="ServiceTypeId")
fk("WorkOrderLine", "StoneTypeId", "StoneType")
sql("WorkOrderLine_StoneType_From_Estimate", "First area of the estimate wins; the office corrects the rest by hand.", """
    UPDATE WorkOrderLine wl
      JOIN WorkOrder w ON w.WorkOrderId = wl.WorkOrderId
      JOIN (SELECT EstimateId, MIN(StoneTypeId) AS StoneTypeId
              FROM EstimateArea
             GROUP BY EstimateId) a ON a.EstimateId = w.EstimateId
       SET wl.StoneTypeId = a.StoneTypeId
     WHERE wl.StoneTypeId IS NULL;
    """)
ins("WorkOrderStatus", "WorkOrderStatusId, Name", "(6, 'On hold')\n(7, 'Waiting for material')", "Two more statuses from the owners' meeting in March.")
add("WorkOrderStatus", "SortOrder SMALLINT NOT NULL DEFAULT 0; IsFinal TINYINT(1) NOT NULL DEFAULT 0")
sql("WorkOrderStatus_Order", "", """
    UPDATE WorkOrderStatus
       SET SortOrder = CASE Name
                           WHEN 'New' THEN 10
                           WHEN 'Scheduled' THEN 20
                           WHEN 'Waiting for material' THEN 30
                           WHEN 'On hold' THEN 40
                           WHEN 'In progress' THEN 50
                           WHEN 'Completed' THEN 60
                           ELSE 70
                       END,
           IsFinal = Name IN ('Completed', 'Cancelled');
    """)
create("WorkOrderStatusHistory", """
    Id! BIGINT
    WorkOrderId INT NOT NULL
    OldStatusId SMALLINT NULL
    NewStatusId SMALLINT NOT NULL
    ChangedOn DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP
    """, "How long do orders wait, and where?", "WorkOrderId -> WorkOrder ON DELETE CASCADE\nNewStatusId -> WorkOrderStatus.WorkOrderStatusId")
sql("Trigger_WorkOrder_Status", "", """
    DELIMITER $$
    CREATE TRIGGER tr_WorkOrder_AfterUpdate AFTER UPDATE ON WorkOrder
    FOR EACH ROW
    BEGIN
        IF NEW.WorkOrderStatusId <> OLD.WorkOrderStatusId THEN
            INSERT INTO WorkOrderStatusHistory (WorkOrderId, OldStatusId, NewStatusId)
            VALUES (NEW.WorkOrderId, OLD.WorkOrderStatusId, NEW.WorkOrderStatusId);
        END IF;
    END$$
    DELIMITER ;
    """)
sql("WorkOrderStatusHistory_Start", "One row for every order, so that the report has a beginning.", """
    INSERT INTO WorkOrderStatusHistory (WorkOrderId, OldStatusId, NewStatusId, ChangedOn)
    SELECT WorkOrderId, NULL, WorkOrderStatusId, CreatedOn
      FROM WorkOrder
     ORDER BY WorkOrderId;
    """)
mod("WorkOrderPhoto", "Stage ENUM ('Before', 'During', 'After') NOT NULL", "Grinding looks bad in between; owners want that on record.", name="WorkOrderPhoto_Stage_During")
add("WorkOrderPhoto", "Caption VARCHAR(120) NULL")
add("WorkOrderPhoto", "IsPublic TINYINT(1) NOT NULL DEFAULT 0", "May go to the web site.")
create("WorkOrderTask", """
    Id! INT
    WorkOrderId INT NOT NULL
    Title VARCHAR(120) NOT NULL
    IsDone TINYINT(1) NOT NULL DEFAULT 0
    DoneOn DATETIME NULL
    DoneByEmployeeId INT NULL
    SortOrder SMALLINT NOT NULL DEFAULT 0
    """, "The paper check list goes into the program.", """
    WorkOrderId -> WorkOrder ON DELETE CASCADE
    DoneByEmployeeId -> Employee.EmployeeId
    """)
create("TaskTemplate", """
    Id! INT
    ServiceCategoryId SMALLINT NOT NULL
    Title VARCHAR(120) NOT NULL
    SortOrder SMALLINT NOT NULL DEFAULT 0
    """, "", "ServiceCategoryId -> ServiceCategory")
ins("TaskTemplate", "ServiceCategoryId, Title, SortOrder", """
    (1, 'Test spot in a hidden corner', 10)
    (1, 'Protect baseboards', 20)
    (2, 'Measure lippage', 10)
    (2, 'Mask cabinets and walls', 20)
    (2, 'Collect slurry; never down the drain', 30)
    (3, 'Moisture reading below 4 %', 10)
    (3, 'Ventilation on', 20)
    (4, 'Color sample approved by customer', 10)
    """, name="TaskTemplate_First_Set")
sql("Procedure_Create_Tasks", "Called when an order is scheduled.", """
    DELIMITER $$

    CREATE PROCEDURE sp_CreateWorkOrderTasks(IN pWorkOrderId INT)
    MODIFIES SQL DATA
    BEGIN
        INSERT INTO WorkOrderTask (WorkOrderId, Title, SortOrder)
        SELECT DISTINCT pWorkOrderId, t.Title, t.SortOrder
          FROM WorkOrderLine l
          JOIN ServiceType s ON s.ServiceTypeId = l.ServiceTypeId
          JOIN TaskTemplate t ON t.ServiceCategoryId = s.ServiceCategoryId
         WHERE l.WorkOrderId = pWorkOrderId
         ORDER BY t.SortOrder, t.Title;
    END$$

    DELIMITER ;
    """)
sql("Tasks_For_Scheduled_Orders", "By hand for those that are scheduled today.", """
    INSERT INTO WorkOrderTask (WorkOrderId, Title, SortOrder)
    SELECT DISTINCT w.WorkOrderId, t.Title, t.SortOrder
      FROM WorkOrder w
      JOIN WorkOrderLine l ON l.WorkOrderId = w.WorkOrderId
      JOIN ServiceType s ON s.ServiceTypeId = l.ServiceTypeId
      JOIN TaskTemplate t ON t.ServiceCategoryId = s.ServiceCategoryId
     WHERE w.WorkOrderStatusId = 2
     ORDER BY w.WorkOrderId, t.SortOrder, t.Title;
    """)
add("Timesheet", "WorkOrderId INT NULL", after="WorkDate", why="Hours per order; needed for job costing.")
fk("Timesheet", "WorkOrderId", "WorkOrder")
sql("Timesheet_Unique_Per_Order", "One row a day is not enough any more. The foreign key on EmployeeId needs an index of its own before the unique one may go.", """
    ALTER TABLE Timesheet ADD INDEX IX_Timesheet_Employee (EmployeeId);
    ALTER TABLE Timesheet DROP INDEX UK_Timesheet_Day;
    ALTER TABLE Timesheet ADD UNIQUE INDEX UK_Timesheet_Day_Order (EmployeeId, WorkDate, WorkOrderId);
    """, kind="index")
add("Timesheet", "BreakMinutes SMALLINT NOT NULL DEFAULT 0; ApprovedOn DATETIME NULL", "Approved by the owner every Friday.")
create("EmployeeAbsence", """
    Id! INT
    EmployeeId INT NOT NULL
    Reason ENUM ('Vacation', 'Sick', 'Training', 'Other') NOT NULL
    FirstDay DATE NOT NULL
    LastDay DATE NOT NULL
    Note VARCHAR(200) NULL
    """, "So that nobody schedules a man who is on vacation.", "EmployeeId -> Employee")
check("EmployeeAbsence", "Days", "LastDay >= FirstDay")
index("EmployeeAbsence", "FirstDay, LastDay")
sql("Function_Is_Available", "", """
    DELIMITER $$

    CREATE FUNCTION fn_IsAvailable(pEmployeeId INT, pDay DATE)
    RETURNS TINYINT(1)
    READS SQL DATA
    BEGIN
        IF EXISTS (SELECT 1 FROM EmployeeAbsence
                    WHERE EmployeeId = pEmployeeId AND pDay BETWEEN FirstDay AND LastDay) THEN
            RETURN 0;
        END IF;
        IF EXISTS (SELECT 1 FROM Holiday WHERE HolidayDate = pDay AND IsOfficeClosed = 1) THEN
            RETURN 0;
        END IF;
        RETURN DAYOFWEEK(pDay) <> 1;
    END$$

    DELIMITER ;
    """)
ren("Timesheet", "Remark", "Note", "Everywhere else it is Note.")
add("Customer", "PreferredCrewId INT NULL", "Regulars ask for their people.")
fk("Customer", "PreferredCrewId", "Crew", on="ON DELETE SET NULL")
sql("View_Schedule_Board", "", """
    CREATE VIEW vw_ScheduleBoard AS
    SELECT w.WorkOrderId,
           w.OrderNumber,
           w.FranchiseId,
           c.Name AS CrewName,
           c.Color AS CrewColor,
           w.PlannedStart,
           w.PlannedEnd,
           w.ArrivalFrom,
           w.ArrivalTo,
           s.Name AS StatusName
      FROM WorkOrder w
      JOIN WorkOrderStatus s ON s.WorkOrderStatusId = w.WorkOrderStatusId
      LEFT JOIN Crew c ON c.CrewId = w.CrewId
     WHERE s.IsFinal = 0;
    """)
drop("SalesLead", "BestTimeToCall", "Never filled in. The appointment says it.")
