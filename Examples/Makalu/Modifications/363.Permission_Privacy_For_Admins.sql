INSERT INTO RolePermission (RoleId, PermissionId)
SELECT RoleId, PermissionId
  FROM Role, Permission
 WHERE RoleId IN (1, 2) AND Code IN ('privacy.request', 'customer.merge');
