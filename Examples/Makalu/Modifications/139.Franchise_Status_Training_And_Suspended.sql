/*
 * 09/09/2015 PB
 * Between signing and opening there are six weeks of school.
 */

ALTER TABLE Franchise MODIFY COLUMN Status ENUM ('Prospect', 'Signed', 'InTraining', 'Open', 'Suspended', 'Closed') NOT NULL DEFAULT 'Prospect';
