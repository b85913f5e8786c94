CREATE TABLE `SegmentMember` (
    `SegmentId`  INT NOT NULL,
    `CustomerId` INT NOT NULL,
    PRIMARY KEY (`SegmentId`, `CustomerId`),
    CONSTRAINT `FK_SegmentMember_Segment` FOREIGN KEY (`SegmentId`) REFERENCES `Segment` (`SegmentId`) ON DELETE CASCADE,
    CONSTRAINT `FK_SegmentMember_Customer` FOREIGN KEY (`CustomerId`) REFERENCES `Customer` (`CustomerId`) ON DELETE CASCADE
);
