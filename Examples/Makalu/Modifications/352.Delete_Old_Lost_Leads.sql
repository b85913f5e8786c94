/*
 * 02/25/2019 PB
 * Lost leads older than two years: nobody will call them again.
 */

DELETE FROM SalesLead
 WHERE LeadStatusId = 6
   AND CustomerId IS NULL
   AND ReceivedOn < '2017-01-01';
