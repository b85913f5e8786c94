-- Three numbers for everybody who may see reports.

INSERT INTO DashboardWidget (AppUserId, KpiDefinitionId, Position)
SELECT DISTINCT u.AppUserId, k.KpiDefinitionId, k.KpiDefinitionId
  FROM UserRole u
  JOIN RolePermission rp ON rp.RoleId = u.RoleId
  JOIN Permission p ON p.PermissionId = rp.PermissionId AND p.Code = 'report.view'
  JOIN KpiDefinition k ON k.KpiDefinitionId <= 3
 ORDER BY u.AppUserId, k.KpiDefinitionId;
