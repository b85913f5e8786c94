-- RM 2015-05-08: Owners and accountants.

INSERT INTO RolePermission (RoleId, PermissionId)
SELECT r.RoleId, p.PermissionId
  FROM Role r
  JOIN Permission p ON p.Code IN ('latefee.waive', 'refund.edit')
 WHERE r.Name IN ('Administrator', 'Head office', 'Franchise owner', 'Accountant');
