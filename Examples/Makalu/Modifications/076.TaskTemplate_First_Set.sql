-- RM 2014-08-14

INSERT INTO TaskTemplate (ServiceCategoryId, Title, SortOrder) VALUES
    (1, 'Test spot in a hidden corner', 10),
    (1, 'Protect baseboards', 20),
    (2, 'Measure lippage', 10),
    (2, 'Mask cabinets and walls', 20),
    (2, 'Collect slurry; never down the drain', 30),
    (3, 'Moisture reading below 4 %', 10),
    (3, 'Ventilation on', 20),
    (4, 'Color sample approved by customer', 10);
