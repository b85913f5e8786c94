ALTER TABLE CustomerReview ADD CONSTRAINT CK_CustomerReview_Stars CHECK (Stars BETWEEN 1 AND 5);
