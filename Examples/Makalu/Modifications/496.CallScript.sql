--
-- Author: A. Duarte
-- Date:   2022-11-07
-- What to say.
--

CREATE TABLE CallScript (
    CallScriptId INT NOT NULL AUTO_INCREMENT,
    Code         VARCHAR(40) NOT NULL,
    Language     CHAR(2) NOT NULL DEFAULT 'en',
    Body         TEXT NOT NULL,
    PRIMARY KEY (CallScriptId),
    UNIQUE KEY UK_CallScript_Code (Code, Language)
);
