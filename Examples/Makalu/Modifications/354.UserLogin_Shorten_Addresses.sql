UPDATE UserLogin
   SET IpAddress = CONCAT(SUBSTRING_INDEX(IpAddress, '.', 3), '.0')
 WHERE IpAddress LIKE '%.%.%.%';
