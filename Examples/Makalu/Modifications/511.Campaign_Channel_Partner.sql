ALTER TABLE Campaign MODIFY COLUMN Channel ENUM ('Mailer', 'Search', 'Social', 'Radio', 'Show', 'Mail', 'Partner') NOT NULL;
