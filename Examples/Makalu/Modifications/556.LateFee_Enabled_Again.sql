-- MAK-888: From January 2024; the mails went out in November. (JS)

UPDATE Setting SET SettingValue = '1', Description = 'Late fees by the rules of 2024' WHERE SettingName = 'latefee.enabled';
INSERT INTO Setting (SettingName, SettingValue, Description) VALUES
    ('latefee.notice_days', '5', 'Days between the notice and the fee');
