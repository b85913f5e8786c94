-- JS 2018-04-24

INSERT INTO EmailTemplate (EmailTemplateId, Code, Subject, Body) VALUES
    (8, 'certificate.expires', 'A certificate of {{name}} expires on {{date}}',
     'Hello,\n\nthe certificate "{{course}}" of {{name}} ends on {{date}}.\nNext sessions: {{sessions}}.\n');
