-- Accounts of the application, the reports and the nightly jobs.
--
-- The passwords below are for demonstrations on a private server only. Change them in every other
-- place, for instance:  ALTER USER 'makalu_app'@'localhost' IDENTIFIED BY '…';
-- Every statement can be repeated: the accounts belong to the server, not to the database, so they
-- outlive a DROP DATABASE.

CREATE ROLE IF NOT EXISTS makalu_reader;
CREATE ROLE IF NOT EXISTS makalu_writer;

CREATE USER IF NOT EXISTS 'makalu_app'@'localhost' IDENTIFIED BY 'Demo-only-change-me-1';
CREATE USER IF NOT EXISTS 'makalu_report'@'localhost' IDENTIFIED BY 'Demo-only-change-me-2';
CREATE USER IF NOT EXISTS 'makalu_jobs'@'localhost' IDENTIFIED BY 'Demo-only-change-me-3';

GRANT SELECT, SHOW VIEW ON Makalu.* TO makalu_reader;
GRANT SELECT, INSERT, UPDATE, DELETE, EXECUTE, CREATE TEMPORARY TABLES ON Makalu.* TO makalu_writer;

GRANT makalu_writer TO 'makalu_app'@'localhost';
GRANT makalu_reader TO 'makalu_report'@'localhost';
GRANT makalu_writer TO 'makalu_jobs'@'localhost';

-- The two servers spell this one differently; each reads its own line and takes the other for a comment.
/*M! SET DEFAULT ROLE makalu_writer FOR 'makalu_app'@'localhost' */;
/*M! SET DEFAULT ROLE makalu_reader FOR 'makalu_report'@'localhost' */;
/*M! SET DEFAULT ROLE makalu_writer FOR 'makalu_jobs'@'localhost' */;
/*!80000 SET DEFAULT ROLE makalu_writer TO 'makalu_app'@'localhost', 'makalu_jobs'@'localhost' */;
/*!80000 SET DEFAULT ROLE makalu_reader TO 'makalu_report'@'localhost' */;

FLUSH PRIVILEGES;
