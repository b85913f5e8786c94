-- RM 2016-09-19: The Germans have the good 6000 grit.

INSERT INTO Supplier (Name, Phone, Email) VALUES
    ('Tile & Trowel', '480-555-0167', 'hello@tiletrowel.example'),
    ('Granit Müller GmbH', '+49 89 5550178', 'verkauf@granit-mueller.example');
