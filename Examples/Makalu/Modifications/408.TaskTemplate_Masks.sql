-- JS 2020-05-11

INSERT INTO `TaskTemplate` (`ServiceCategoryId`, `Title`, `SortOrder`) VALUES
    (1, 'Masks on, shoes covered', 1),
    (2, 'Masks on, shoes covered', 1),
    (3, 'Masks on, shoes covered', 1),
    (4, 'Masks on, shoes covered', 1);
