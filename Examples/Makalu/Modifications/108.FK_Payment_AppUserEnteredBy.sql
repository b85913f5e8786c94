-- RM 2015-02-13

ALTER TABLE Payment
    ADD CONSTRAINT FK_Payment_AppUser_EnteredBy FOREIGN KEY (EnteredBy)
        REFERENCES AppUser (AppUserId);
