-- MAK-829: Sintered stone everywhere these days. (JS)

ALTER TABLE `StoneType` MODIFY COLUMN `Family` ENUM ('Calcareous', 'Siliceous', 'Metamorphic', 'Manufactured', 'Sintered') NOT NULL;
