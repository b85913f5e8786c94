UPDATE InvoiceLine il
  JOIN Invoice i ON i.InvoiceId = il.InvoiceId
  JOIN WorkOrderLine wl ON wl.WorkOrderId = i.WorkOrderId
                       AND wl.ServiceTypeId = il.ServiceTypeId
                       AND wl.Quantity = il.Quantity
   SET il.WorkOrderLineId = wl.WorkOrderLineId;
