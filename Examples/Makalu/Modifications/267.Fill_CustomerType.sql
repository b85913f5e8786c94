-- JS 2017-10-10

INSERT INTO `CustomerType` (`CustomerTypeId`, `Name`) VALUES
    (6, 'Church'),
    (7, 'Public building');
