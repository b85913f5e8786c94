-- RM 2016-11-04: Who has the planetary grinder?

CREATE TABLE EquipmentCheckout (
    EquipmentCheckoutId INT NOT NULL AUTO_INCREMENT,
    EquipmentId         INT NOT NULL,
    CrewId              INT NOT NULL,
    TakenOn             DATETIME NOT NULL,
    ReturnedOn          DATETIME NULL,
    PRIMARY KEY (EquipmentCheckoutId),
    CONSTRAINT FK_EquipmentCheckout_Equipment FOREIGN KEY (EquipmentId) REFERENCES Equipment (EquipmentId),
    CONSTRAINT FK_EquipmentCheckout_Crew FOREIGN KEY (CrewId) REFERENCES Crew (CrewId)
) ENGINE = InnoDB;
