-- PB 2014-10-06

ALTER TABLE Customer
    ADD CONSTRAINT FK_Customer_Crew_PreferredCrew FOREIGN KEY (PreferredCrewId)
        REFERENCES Crew (CrewId) ON DELETE SET NULL;
