-- The schema tool left tables named zz_… on the test servers. Drops them all in one statement, if
-- there are any.

SET SESSION group_concat_max_len = 65536;
SET @names := NULL;
SELECT GROUP_CONCAT(CONCAT('`', TABLE_NAME, '`')) INTO @names
  FROM information_schema.TABLES
 WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME LIKE 'zz\_%';
SET @drop := COALESCE(CONCAT('DROP TABLE ', @names), 'DO 0');
PREPARE shadow FROM @drop;
EXECUTE shadow;
DEALLOCATE PREPARE shadow;
