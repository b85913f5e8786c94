-- Makalu: stone restoration franchise.
-- The default collation is named once, here; tables and routines inherit it.

CREATE DATABASE IF NOT EXISTS Makalu
    DEFAULT CHARACTER SET utf8mb4
    DEFAULT COLLATE utf8mb4_unicode_ci;

USE Makalu;
