# tk: The lead list is sorted like this for everybody.

alter table SalesLead add index IX_SalesLead_LeadStatusIdReceivedOn (LeadStatusId, ReceivedOn);
