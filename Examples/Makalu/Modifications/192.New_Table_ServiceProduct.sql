/*
 * 08/26/2016 PB
 * What a square foot uses up, on average.
 */

CREATE TABLE ServiceProduct (
    ServiceTypeId   INT NOT NULL,
    ProductId       INT NOT NULL,
    QuantityPerUnit DECIMAL(10, 4) NOT NULL,
    PRIMARY KEY (ServiceTypeId, ProductId),
    CONSTRAINT FK_ServiceProduct_ServiceType FOREIGN KEY (ServiceTypeId) REFERENCES ServiceType (ServiceTypeId),
    CONSTRAINT FK_ServiceProduct_Product FOREIGN KEY (ProductId) REFERENCES Product (ProductId)
) ENGINE = InnoDB;
