CREATE TABLE Coupon (
    CouponCode VARCHAR(20) NOT NULL,
    CampaignId INT NULL,
    Percent    DECIMAL(5, 2) NULL,
    Amount     DECIMAL(10, 2) NULL,
    ValidTo    DATE NULL,
    PRIMARY KEY (CouponCode),
    CONSTRAINT FK_Coupon_Campaign FOREIGN KEY (CampaignId) REFERENCES Campaign (CampaignId)
);
