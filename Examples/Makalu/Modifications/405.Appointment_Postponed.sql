-- MAK-621: Everything in April. (JS)

ALTER TABLE `Appointment` MODIFY COLUMN `Status` ENUM ('Planned', 'Confirmed', 'Done', 'Cancelled', 'NoShow', 'Postponed') NOT NULL DEFAULT 'Planned';
