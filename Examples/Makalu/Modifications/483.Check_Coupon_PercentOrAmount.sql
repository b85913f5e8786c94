-- MAK-729: Exactly one of the two. (JS)

ALTER TABLE `Coupon` ADD CONSTRAINT `CK_Coupon_PercentOrAmount` CHECK ((Percent IS NULL) <> (Amount IS NULL));
