ALTER TABLE MessageTemplate DROP INDEX UK_EmailTemplate_Code;
ALTER TABLE MessageTemplate ADD UNIQUE INDEX UK_MessageTemplate_Code (Code, Language);
