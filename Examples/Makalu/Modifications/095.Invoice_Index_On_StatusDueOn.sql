# tk: Overdue list.

create index IX_Invoice_StatusDueOn on Invoice (Status, DueOn);
