-- MAK-545: Miami and San Diego asked for years. (JS)

INSERT INTO MessageTemplate (MessageTemplateId, Code, Language, Subject, Body) VALUES
    (101, 'lead.thanks', 'es', 'Gracias por llamar a Makalu',
     'Estimado/a {{name}}:\n\nGracias por su interés. {{franchise}} le llamará dentro de un día laborable.\n\n¡Su piedra está en buenas manos!'),
    (102, 'estimate.sent', 'es', 'Su presupuesto {{number}}',
     'Estimado/a {{name}}:\n\nAdjunto nuestro presupuesto {{number}}; es válido por {{days}} días.'),
    (104, 'invoice.sent', 'es', 'Factura {{number}}',
     'Estimado/a {{name}}:\n\nAdjunta la factura {{number}} por {{amount}}; vence el {{due}}.');
