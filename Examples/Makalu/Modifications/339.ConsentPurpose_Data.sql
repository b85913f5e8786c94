INSERT INTO ConsentPurpose (ConsentPurposeId, Code, Description) VALUES
    (1, 'mail.marketing', 'Offers by e-mail'),
    (2, 'sms.reminder', 'Reminders by text message'),
    (3, 'photo.website', 'Photos of the job on our web site'),
    (4, 'survey', 'Survey after the job');
