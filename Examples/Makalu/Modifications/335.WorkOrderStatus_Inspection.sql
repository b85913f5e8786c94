/*
 * 11/28/2018 PB
 * Between done and completed there is a look by the lead.
 */

INSERT INTO WorkOrderStatus (WorkOrderStatusId, Name, SortOrder, IsFinal) VALUES (8, 'Inspection', 55, 0);
