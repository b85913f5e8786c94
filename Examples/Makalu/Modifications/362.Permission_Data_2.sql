INSERT INTO `Permission` (`PermissionId`, `Code`, `Description`) VALUES
    (18, 'privacy.request', 'Handle privacy requests'),
    (19, 'customer.merge', 'Merge customers');
