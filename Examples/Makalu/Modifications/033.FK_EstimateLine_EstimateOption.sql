-- RM 2013-08-27: Was forgotten in the last release.

ALTER TABLE EstimateLine
    ADD CONSTRAINT FK_EstimateLine_EstimateOption FOREIGN KEY (EstimateOptionId)
        REFERENCES EstimateOption (EstimateOptionId) ON DELETE SET NULL;
