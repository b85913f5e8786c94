-- JS 2022-05-04

CREATE TABLE `Segment` (
    `SegmentId` INT NOT NULL AUTO_INCREMENT,
    `Name`      VARCHAR(80) NOT NULL,
    `Criteria`  JSON NOT NULL,
    PRIMARY KEY (`SegmentId`),
    UNIQUE KEY `UK_Segment_Name` (`Name`)
);
