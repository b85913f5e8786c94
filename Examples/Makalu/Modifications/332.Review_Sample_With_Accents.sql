/*
 * 11/08/2018 PB
 * First import; the names come from all over the world: café, naïve, 石材. Keep this file in
 * UTF-8!
 */

INSERT INTO ReviewSite (ReviewSiteId, Name, Url) VALUES (1, 'Stars', 'https://stars.example/makalu');
INSERT INTO CustomerReview (ReviewSiteId, FranchiseId, Stars, Author, Body, PostedOn)
SELECT 1, FranchiseId, 5, 'José Peña', 'El mármol quedó como nuevo. ¡Gracias!', '2018-10-03' FROM Franchise WHERE Code = 'MIA'
UNION ALL
SELECT 1, FranchiseId, 4, 'Zoë Müller', 'Très bien; the café floor shines — only the dust… 😀', '2018-10-05' FROM Franchise WHERE Code = 'CHI'
UNION ALL
SELECT 1, FranchiseId, 5, '王小明', '石材像新的一样', '2018-10-09' FROM Franchise WHERE Code = 'SEA'
ORDER BY FranchiseId;
