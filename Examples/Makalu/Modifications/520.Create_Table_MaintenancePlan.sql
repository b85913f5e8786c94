-- Lobbies on a plan; a third of the sales in Chicago by now.

CREATE TABLE MaintenancePlan (
    MaintenancePlanId INT NOT NULL AUTO_INCREMENT,
    CustomerId        INT NOT NULL,
    PropertyId        INT NULL,
    ServiceTypeId     INT NOT NULL,
    EveryMonths       TINYINT NOT NULL,
    PricePerVisit     DECIMAL(10, 2) NOT NULL,
    StartsOn          DATE NOT NULL,
    EndsOn            DATE NULL,
    PRIMARY KEY (MaintenancePlanId),
    CONSTRAINT FK_MaintenancePlan_Customer FOREIGN KEY (CustomerId) REFERENCES Customer (CustomerId),
    CONSTRAINT FK_MaintenancePlan_Property FOREIGN KEY (PropertyId) REFERENCES Property (PropertyId),
    CONSTRAINT FK_MaintenancePlan_ServiceType FOREIGN KEY (ServiceTypeId) REFERENCES ServiceType (ServiceTypeId)
) ENGINE = InnoDB;
