INSERT INTO `Role` (`RoleId`, `Name`, `Description`) VALUES
    (7, 'Call center', 'Leads and appointments of all franchises');
