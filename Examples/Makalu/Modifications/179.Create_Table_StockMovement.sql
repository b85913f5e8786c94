-- RM 2016-06-06: The level is the sum of the movements; a trigger keeps it.

CREATE TABLE StockMovement (
    StockMovementId BIGINT NOT NULL AUTO_INCREMENT,
    WarehouseId     INT NOT NULL,
    ProductId       INT NOT NULL,
    Quantity        DECIMAL(10, 2) NOT NULL,
    Reason          ENUM ('Receipt', 'Usage', 'Transfer', 'Count', 'Loss') NOT NULL,
    WorkOrderId     INT NULL,
    MovedOn         DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
    PRIMARY KEY (StockMovementId),
    KEY IX_StockMovement_MovedOn (MovedOn),
    CONSTRAINT FK_StockMovement_Warehouse FOREIGN KEY (WarehouseId) REFERENCES Warehouse (WarehouseId),
    CONSTRAINT FK_StockMovement_Product FOREIGN KEY (ProductId) REFERENCES Product (ProductId),
    CONSTRAINT FK_StockMovement_WorkOrder FOREIGN KEY (WorkOrderId) REFERENCES WorkOrder (WorkOrderId) ON DELETE SET NULL
) ENGINE = InnoDB;
