-- RM 2014-01-07: Confirmed: the customer answered the reminder. NoShow: we stood before a closed
-- door.

ALTER TABLE Appointment MODIFY COLUMN Status ENUM ('Planned', 'Confirmed', 'Done', 'Cancelled', 'NoShow') NOT NULL DEFAULT 'Planned';
