-- MAK-817: Dots everywhere, camel case nowhere. (JS)

UPDATE Setting SET SettingName = 'estimate.valid_days' WHERE SettingName = 'estimate.validDays';
UPDATE Setting SET SettingName = 'invoice.default_term_id' WHERE SettingName = 'invoice.defaultTermId';
UPDATE Setting SET SettingName = 'lead.answer_hours' WHERE SettingName = 'lead.answerHours';
UPDATE Setting SET SettingName = 'portal.session_hours' WHERE SettingName = 'portal.sessionHours';
UPDATE Setting SET SettingName = 'deposit.from_amount' WHERE SettingName = 'deposit.fromAmount';
