-- JS 2018-03-01

INSERT INTO `JobTitle` (`JobTitleId`, `Name`) VALUES
    (7, 'Trainer'),
    (8, 'Apprentice'),
    (9, 'Field consultant');
