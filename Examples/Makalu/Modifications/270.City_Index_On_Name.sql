CREATE INDEX IX_City_Name ON City (Name);
