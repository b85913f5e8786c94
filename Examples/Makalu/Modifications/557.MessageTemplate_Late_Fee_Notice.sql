-- JS 2024-01-02

INSERT INTO MessageTemplate (MessageTemplateId, Code, Language, Subject, Body, SmsText) VALUES
    (9, 'latefee.notice', 'en', 'Invoice {{number}}: a late fee comes up',
     'Dear {{name}},\n\nin {{days}} days a fee of {{fee}} will be added to invoice {{number}}.\nIf your payment is on its way: thank you, and never mind.',
     'Makalu: invoice {{number}} is overdue; a fee of {{fee}} comes up in {{days}} days.'),
    (109, 'latefee.notice', 'es', 'Factura {{number}}: próximo recargo por mora',
     'Estimado/a {{name}}:\n\nen {{days}} días se añadirá un recargo de {{fee}} a la factura {{number}}.',
     'Makalu: la factura {{number}} está vencida; recargo de {{fee}} en {{days}} días.');
