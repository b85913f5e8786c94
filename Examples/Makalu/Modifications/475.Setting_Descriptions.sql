UPDATE Setting SET Description = 'Days that an estimate is valid' WHERE SettingName = 'estimate.validDays';
UPDATE Setting SET Description = 'Percent of sales, for new agreements' WHERE SettingName = 'royalty.percent';
UPDATE Setting SET Description = '1: the nightly job charges late fees' WHERE SettingName = 'latefee.enabled';
