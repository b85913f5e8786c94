RENAME TABLE EmailTemplate TO MessageTemplate;
