-- MAK-642: Something to do for the crews. (JS)

INSERT INTO `ServiceCategory` (`ServiceCategoryId`, `Name`, `SortOrder`) VALUES
    (8, 'Disinfection', 15);
