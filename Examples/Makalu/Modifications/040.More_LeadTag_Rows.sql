INSERT INTO LeadTag (LeadTagId, Name) VALUES
    (1, 'urgent'),
    (2, 'VIP'),
    (3, 'insurance'),
    (4, 'warranty');
