INSERT INTO `Setting` (`SettingName`, `SettingValue`) VALUES
    ('portal.url', 'https://my.makalu.example'),
    ('portal.sessionHours', '12'),
    ('sms.sender', '+18005550100');
