/*
 * 09/19/2019 PB
 * It is for all channels now.
 */

ALTER TABLE EmailTemplate RENAME COLUMN EmailTemplateId TO MessageTemplateId;
