INSERT INTO ReportDefinition (Code, Title, ViewName) VALUES
    ('sales.month', 'Sales by month', 'vw_MonthlySales'),
    ('sales.compare', 'Sales compared', 'vw_MonthlySalesCompared'),
    ('money.aging', 'Receivables by age', 'vw_ReceivablesAging'),
    ('job.cost', 'Job costing', 'vw_JobCost'),
    ('lead.funnel', 'Lead funnel', 'vw_LeadFunnel'),
    ('quality', 'Quality by franchise', 'vw_QualityByFranchise');
