-- MAK-520: Nobody reads them any more. (JS)

ALTER TABLE `AuditLog`
    DROP COLUMN `OldValue`,
    DROP COLUMN `NewValue`;
