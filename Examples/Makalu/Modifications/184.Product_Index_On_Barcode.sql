CREATE UNIQUE INDEX UK_Product_Barcode ON Product (Barcode);
