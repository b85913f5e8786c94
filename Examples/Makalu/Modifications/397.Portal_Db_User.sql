CREATE USER IF NOT EXISTS 'makalu_portal'@'localhost' IDENTIFIED BY 'Demo-only-change-me-5';
GRANT SELECT, INSERT, UPDATE, DELETE ON PortalSession TO 'makalu_portal'@'localhost';
GRANT SELECT, UPDATE ON PortalAccount TO 'makalu_portal'@'localhost';
GRANT SELECT, INSERT, UPDATE ON PortalMessage TO 'makalu_portal'@'localhost';
GRANT SELECT ON vw_PortalEstimate TO 'makalu_portal'@'localhost';
