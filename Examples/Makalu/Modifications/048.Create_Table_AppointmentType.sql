-- RM 2014-01-13: Colors in the calendar.

CREATE TABLE AppointmentType (
    AppointmentTypeId SMALLINT NOT NULL,
    Name              VARCHAR(40) NOT NULL,
    Color             CHAR(7) NOT NULL DEFAULT '#4a7ebb',
    DefaultMinutes    SMALLINT NOT NULL DEFAULT 60,
    PRIMARY KEY (AppointmentTypeId)
) ENGINE = InnoDB;
