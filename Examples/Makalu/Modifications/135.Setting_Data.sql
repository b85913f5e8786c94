insert into Setting (SettingName, SettingValue) values
    ('latefee.enabled', '1'),
    ('invoice.footer', 'Thank you for taking care of your stone.');
