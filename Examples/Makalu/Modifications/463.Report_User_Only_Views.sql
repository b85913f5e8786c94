-- MAK-724: The report user gets the role back that it should have had from the start. (JS)

GRANT SELECT ON ReportDefinition TO 'makalu_report'@'localhost';
GRANT SELECT, INSERT ON ReportRun TO 'makalu_report'@'localhost';
GRANT SELECT ON KpiValue TO 'makalu_report'@'localhost';
REVOKE SELECT ON RoyaltyStatement FROM 'makalu_report'@'localhost';
