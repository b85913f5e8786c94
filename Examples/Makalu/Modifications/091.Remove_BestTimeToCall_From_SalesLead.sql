# tk: Never filled in. The appointment says it.

alter table SalesLead drop column BestTimeToCall;
