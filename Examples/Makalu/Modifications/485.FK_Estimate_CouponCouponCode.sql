ALTER TABLE `Estimate`
    ADD CONSTRAINT `FK_Estimate_Coupon_CouponCode` FOREIGN KEY (`CouponCode`)
        REFERENCES `Coupon` (`CouponCode`);
