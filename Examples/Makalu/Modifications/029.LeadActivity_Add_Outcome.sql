ALTER TABLE LeadActivity
    ADD COLUMN Outcome ENUM ('Reached', 'Voicemail', 'No answer', 'Wrong number') NULL;
