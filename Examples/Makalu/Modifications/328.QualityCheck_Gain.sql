/*
 * 10/22/2018 PB
 * Computed when it is read.
 */

ALTER TABLE QualityCheck
    ADD COLUMN GlossGain SMALLINT GENERATED ALWAYS AS (GlossAfter - GlossBefore) VIRTUAL;
