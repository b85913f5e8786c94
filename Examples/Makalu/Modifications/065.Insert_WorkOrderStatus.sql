-- RM 2014-05-27: Two more statuses from the owners' meeting in March.

INSERT INTO WorkOrderStatus (WorkOrderStatusId, Name) VALUES
    (6, 'On hold'),
    (7, 'Waiting for material');
