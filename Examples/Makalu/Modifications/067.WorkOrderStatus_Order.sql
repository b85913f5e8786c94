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
