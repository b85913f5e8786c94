CREATE UNIQUE INDEX UK_AppUser_Email ON AppUser (Email);
