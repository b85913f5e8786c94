INSERT INTO EmailTemplate (EmailTemplateId, Code, Subject, Body) VALUES
    (6, 'invoice.reminder2', 'Second reminder: invoice {{number}}',
'Dear {{name}},\n\nwe still have not received your payment for invoice {{number}}; it was due on {{due}}.\nA late fee of {{fee}} has been added.'),
    (7, 'invoice.reminder3', 'Last reminder: invoice {{number}}',
'Dear {{name}},\n\nthis is the last mail before we hand the matter to our lawyer; please don\'t let it come to that.');
