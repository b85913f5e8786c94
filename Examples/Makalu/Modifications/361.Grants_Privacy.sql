-- MAK-501: The nightly jobs may not read the log, the reports neither. (JS)

CREATE USER IF NOT EXISTS 'makalu_privacy'@'localhost' IDENTIFIED BY 'Demo-only-change-me-4';
GRANT SELECT, INSERT ON PrivacyLog TO 'makalu_privacy'@'localhost';
GRANT SELECT, UPDATE ON PrivacyRequest TO 'makalu_privacy'@'localhost';
