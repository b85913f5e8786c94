-- MAK-690: Small cube; the views are too slow for ten years of data. (JS)

CREATE TABLE `SalesDaily` (
    `FranchiseId` INT NOT NULL,
    `SalesDate`   DATE NOT NULL,
    `Invoices`    INT NOT NULL,
    `Sales`       DECIMAL(12, 2) NOT NULL,
    PRIMARY KEY (`FranchiseId`, `SalesDate`)
);
