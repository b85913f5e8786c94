-- RM 2015-05-04

ALTER TABLE LateFee
    ADD CONSTRAINT FK_LateFee_AppUser_WaivedBy FOREIGN KEY (WaivedBy)
        REFERENCES AppUser (AppUserId);
