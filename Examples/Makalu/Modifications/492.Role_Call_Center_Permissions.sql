INSERT INTO RolePermission (RoleId, PermissionId)
SELECT 7, PermissionId FROM Permission WHERE Code IN ('lead.view', 'lead.edit', 'estimate.view', 'workorder.view');
