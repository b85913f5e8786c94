-- PB 2019-01-31

CREATE INDEX IX_UserLogin_LoginOn ON UserLogin (LoginOn);
