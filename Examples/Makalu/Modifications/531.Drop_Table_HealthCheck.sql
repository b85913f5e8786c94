-- MAK-823: Over, thank God. (JS)

DROP TABLE `HealthCheck`;
