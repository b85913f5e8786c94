-- MAK-816: The consents say the same since 2019; nobody reads this table. (JS)

DROP TABLE `NotificationPreference`;
