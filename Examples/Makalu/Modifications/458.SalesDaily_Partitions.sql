-- MAK-701: By year; no foreign keys are allowed on a partitioned table, which is why it never had
-- any. (JS)

ALTER TABLE SalesDaily
    PARTITION BY RANGE (YEAR(SalesDate)) (
        PARTITION p2015 VALUES LESS THAN (2016),
        PARTITION p2018 VALUES LESS THAN (2019),
        PARTITION p2020 VALUES LESS THAN (2021),
        PARTITION p2021 VALUES LESS THAN (2022),
        PARTITION pLater VALUES LESS THAN MAXVALUE
    );
