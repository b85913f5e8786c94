-- AD 2022-10-31

ALTER TABLE LeadActivity
    ADD CONSTRAINT FK_LeadActivity_PhoneCall FOREIGN KEY (PhoneCallId)
        REFERENCES PhoneCall (PhoneCallId) ON DELETE SET NULL;
