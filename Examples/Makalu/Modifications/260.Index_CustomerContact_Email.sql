CREATE INDEX IX_CustomerContact_Email ON CustomerContact (Email);
