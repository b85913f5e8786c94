ALTER TABLE Equipment ADD INDEX IX_Equipment_SerialNumber (SerialNumber);
