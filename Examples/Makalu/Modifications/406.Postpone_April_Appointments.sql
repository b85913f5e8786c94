UPDATE Appointment
   SET Status = 'Postponed'
 WHERE StartsOn >= '2020-03-23' AND StartsOn < '2020-05-01'
   AND Status IN ('Planned', 'Confirmed');
