--
-- Author: A. Duarte
-- Date:   2020-11-13
-- No late fees until further notice.
--

UPDATE Setting SET SettingValue = '0' WHERE SettingName = 'latefee.enabled';
