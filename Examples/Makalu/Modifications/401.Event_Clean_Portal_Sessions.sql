/*
 * 01/29/2020 PB
 * Does nothing where the scheduler is off; the nightly job does the same there.
 */

CREATE EVENT ev_CleanPortalSessions
    ON SCHEDULE EVERY 1 HOUR
    DISABLE
    COMMENT 'expired sessions of the portal'
    DO DELETE FROM PortalSession WHERE ExpiresOn < CURRENT_TIMESTAMP;
